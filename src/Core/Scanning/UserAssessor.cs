using Reanchor.Inventories;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>Gathers all evidence about some users of a tenant and has them classified. Used by scans and again before each write.</summary>
public sealed class UserAssessor(
    IDirectoryReader directory,
    IInventoryStore inventories,
    IInventoryArchive archive,
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
        AssessAsync(tenant, scan, facts, users, seenSince: DateTimeOffset.MinValue, cancellationToken);

    /// <param name="seenSince">When the last scan that read every user began: who was not seen since then was gone.</param>
    /// <returns>A finding for each user, in the order of <paramref name="users"/>. Nothing is stored.</returns>
    public async Task<IReadOnlyList<Finding>> AssessAsync(
        Tenant tenant,
        ScanId scan,
        TenantFacts facts,
        IReadOnlyList<CloudUser> users,
        DateTimeOffset seenSince,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        return [.. (await GatherAsync(tenant, facts, users, cancellationToken)).Select(Judge)];

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
    public async Task<IReadOnlyList<GatheredEvidence>> GatherAsync(
        Tenant tenant, TenantFacts facts, IReadOnlyList<CloudUser> users, CancellationToken cancellationToken)
    {
        if (users.Count == 0)
        {
            return [];
        }

        var records = (await inventories.ListAsync(tenant.Id, cancellationToken)).Select(r => r.Item).ToList();
        var coverage = InventoryCoverage.Of(tenant, records, clock.GetUtcNow());
        var join = await JoinAsync(coverage, users, cancellationToken);
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

    /// <returns>Unknown when the inventories do not cover the tenant, or one is damaged: then none of them proves anything.</returns>
    private async Task<Reading<InventoryJoin>> JoinAsync(
        InventoryCoverage coverage, IReadOnlyList<CloudUser> users, CancellationToken cancellationToken)
    {
        if (!coverage.IsComplete)
        {
            return Reading.Unknown<InventoryJoin>(string.Join(' ', coverage.Gaps));
        }

        var join = new InventoryJoin(users);

        foreach (var record in coverage.InForce)
        {
            await using var file = await archive.OpenAsync(record, cancellationToken);

            try
            {
                await foreach (var account in InventoryReader.ReadAsync(file, record, cancellationToken))
                {
                    join.Add(record.Collector, account);
                }
            }
            catch (InvalidDataException ex)
            {
                return Reading.Unknown<InventoryJoin>(
                    $"The stored inventory of {record.Collector} cannot be read: {ex.Message} Upload it again.");
            }
        }

        return Reading.Known(join);
    }
}
