using Reanchor.Inventories;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>Gathers all evidence about some users of a tenant and has them classified. Used by scans and again before each write.</summary>
public sealed class UserAssessor(
    IDirectoryReader directory,
    IInventoryStore inventories,
    InventoryJoiner joiner,
    IFindingStore findings,
    TimeProvider clock)
{
    /// <returns>A finding for each user, in the order of <paramref name="users"/>. Nothing is stored.</returns>
    public Task<IReadOnlyList<Finding>> AssessAsync(
        Tenant tenant,
        ScanId scan,
        TenantFacts facts,
        IReadOnlyList<CloudUser> users,
        CancellationToken cancellationToken) =>
        AssessAsync(tenant, scan, facts, users, joiner, cancellationToken);

    /// <param name="join">Another way to what the inventories say.</param>
    /// <returns>A finding for each user, in the order of <paramref name="users"/>. Nothing is stored.</returns>
    public Task<IReadOnlyList<Finding>> AssessAsync(
        Tenant tenant,
        ScanId scan,
        TenantFacts facts,
        IReadOnlyList<CloudUser> users,
        IInventoryJoiner join,
        CancellationToken cancellationToken) =>
        AssessAsync(tenant, scan, facts, users, join, seenSince: DateTimeOffset.MinValue, cancellationToken);

    /// <param name="seenSince">When the last scan that read every user began: who was not seen since then was gone.</param>
    /// <returns>A finding for each user, in the order of <paramref name="users"/>. Nothing is stored.</returns>
    public Task<IReadOnlyList<Finding>> AssessAsync(
        Tenant tenant,
        ScanId scan,
        TenantFacts facts,
        IReadOnlyList<CloudUser> users,
        DateTimeOffset seenSince,
        CancellationToken cancellationToken) =>
        AssessAsync(tenant, scan, facts, users, joiner, seenSince, cancellationToken);

    private async Task<IReadOnlyList<Finding>> AssessAsync(
        Tenant tenant,
        ScanId scan,
        TenantFacts facts,
        IReadOnlyList<CloudUser> users,
        IInventoryJoiner join,
        DateTimeOffset seenSince,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        return [.. (await GatherAsync(tenant, facts, users, join, cancellationToken)).Select(Judge)];

        Finding Judge(GatheredEvidence gathered)
        {
            var finding = new Finding
            {
                Tenant = tenant.Id,
                Scan = scan,
                User = gathered.Case.User,
                Assessment = CandidateClassifier.Classify(gathered.Case),
                InventoryVersions = gathered.InventoryVersions,
                FirstSeenAt = gathered.Before?.FirstSeenAt ?? now,
                SeenAt = now,
                WasCloudManaged = gathered.Case.WasCloudManaged || gathered.Case.UserFacts.IsCloudManaged is { IsKnown: true, Value: true },
            };

            return finding with { Sightings = CandidateSightings.Of(finding, gathered.Before, seenSince) };
        }
    }

    /// <summary>Everything there is to know of each user, not judged yet; of users without an anchor as well.</summary>
    /// <returns>In the order of <paramref name="users"/>.</returns>
    public Task<IReadOnlyList<GatheredEvidence>> GatherAsync(
        Tenant tenant, TenantFacts facts, IReadOnlyList<CloudUser> users, CancellationToken cancellationToken) =>
        GatherAsync(tenant, facts, users, joiner, cancellationToken);

    private async Task<IReadOnlyList<GatheredEvidence>> GatherAsync(
        Tenant tenant,
        TenantFacts facts,
        IReadOnlyList<CloudUser> users,
        IInventoryJoiner inventoryJoiner,
        CancellationToken cancellationToken)
    {
        if (users.Count == 0)
        {
            return [];
        }

        var records = (await inventories.ListAsync(tenant.Id, cancellationToken)).Select(r => r.Item).ToList();
        var coverage = InventoryCoverage.Of(tenant, records, clock.GetUtcNow());
        var join = await inventoryJoiner.JoinAsync(tenant, coverage, users, cancellationToken);
        var userFacts = await directory.ReadUserFactsAsync(tenant, users, cancellationToken);
        var earlier = (await findings.FindManyAsync(tenant.Id, [.. users.Select(u => u.Id)], cancellationToken))
            .ToDictionary(f => f.User.Id);

        return [.. users.Zip(userFacts, (user, its) => Gather(user, its, earlier.GetValueOrDefault(user.Id)))];

        GatheredEvidence Gather(CloudUser user, UserFacts its, Finding? before) => new(
            new()
            {
                Tenant = tenant,
                User = user,
                TenantFacts = facts,
                UserFacts = its,
                Inventory = join.IsKnown
                    ? Reading.Known(join.Value.EvidenceFor(user.Id) with { Doubts = coverage.Doubts })
                    : Reading.Unknown<InventoryEvidence>(join.UnknownBecause!),
                WasCloudManaged = before?.WasCloudManaged ?? false,
            },
            join.IsKnown ? coverage.InForce.ToDictionary(r => r.Collector.Value, r => r.Version) : [],
            before);
    }
}
