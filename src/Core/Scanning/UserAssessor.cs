using Reanchor.Clearing;
using Reanchor.Exceptions;
using Reanchor.Inventories;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>Gathers all evidence about some users of a tenant and has them classified. Used by scans and again before each write.</summary>
public sealed class UserAssessor(
    IDirectoryReader directory,
    IInventoryStore inventories,
    InventoryJoiner joiner,
    IFindingStore findings,
    IExceptionStore exceptions,
    TimeProvider clock)
{
    /// <returns>A finding for each user, in the order of <paramref name="users"/>. Nothing is stored.</returns>
    public Task<IReadOnlyList<Finding>> AssessAsync(
        Tenant tenant,
        ScanId scan,
        TenantFacts facts,
        IReadOnlyList<CloudUser> users,
        CancellationToken cancellationToken) =>
        AssessAsync(tenant, scan, facts, users, joiner, DateTimeOffset.MinValue, isForWrite: false, cancellationToken);

    /// <summary>Before a write, where nothing is judged on what the directory failed to say.</summary>
    /// <param name="join">Another way to what the inventories say.</param>
    /// <returns>A finding for each user, in the order of <paramref name="users"/>. Nothing is stored.</returns>
    /// <exception cref="DirectoryUnavailableException">The directory failed at something that it was asked of a user.</exception>
    public Task<IReadOnlyList<Finding>> AssessForWriteAsync(
        Tenant tenant,
        ScanId scan,
        TenantFacts facts,
        IReadOnlyList<CloudUser> users,
        IInventoryJoiner join,
        CancellationToken cancellationToken) =>
        AssessAsync(tenant, scan, facts, users, join, DateTimeOffset.MinValue, isForWrite: true, cancellationToken);

    /// <param name="seenSince">When the last scan that read every user began: who was not seen since then was gone.</param>
    /// <returns>A finding for each user, in the order of <paramref name="users"/>. Nothing is stored.</returns>
    public Task<IReadOnlyList<Finding>> AssessAsync(
        Tenant tenant,
        ScanId scan,
        TenantFacts facts,
        IReadOnlyList<CloudUser> users,
        DateTimeOffset seenSince,
        CancellationToken cancellationToken) =>
        AssessAsync(tenant, scan, facts, users, joiner, seenSince, isForWrite: false, cancellationToken);

    private async Task<IReadOnlyList<Finding>> AssessAsync(
        Tenant tenant,
        ScanId scan,
        TenantFacts facts,
        IReadOnlyList<CloudUser> users,
        IInventoryJoiner join,
        DateTimeOffset seenSince,
        bool isForWrite,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var read = await ReadAsync(tenant, facts, users, join, cancellationToken);

        // Few of many users get that far, so the directory is asked for those alone. A second clear is judged on the answer too.
        var gathered = await AskForClaimsAsync(
            tenant,
            read,
            c => CandidateClassifier.Classify(c).FailedChecks.All(check => ClearTarget.IsCuredBy(check, ProposalKind.ClearObjectIdentifier)),
            cancellationToken);

        if (isForWrite)
        {
            foreach (var (its, claims) in gathered.Select(g => (g.Case.UserFacts, g.Case.Claims)))
            {
                Reading.ThrowIfFailed(its.IsCloudManaged, its.MailboxPurpose, claims.AnchorHolders, claims.NameHolders);
            }
        }

        return [.. gathered.Select(Judge)];

        Finding Judge(GatheredEvidence gathered)
        {
            var finding = new Finding
            {
                Tenant = tenant.Id,
                Scan = scan,
                User = gathered.Case.User,
                Assessment = CandidateClassifier.Classify(gathered.Case),
                InventoryVersions = gathered.InventoryVersions,
                ImportedBy = gathered.ImportedBy,
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
        Tenant tenant, TenantFacts facts, IReadOnlyList<CloudUser> users, CancellationToken cancellationToken) =>
        await AskForClaimsAsync(tenant, await ReadAsync(tenant, facts, users, joiner, cancellationToken), _ => true, cancellationToken);

    private async Task<IReadOnlyList<GatheredEvidence>> ReadAsync(
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

        var now = clock.GetUtcNow();
        var records = (await inventories.ListAsync(tenant.Id, cancellationToken)).Select(r => r.Item).ToList();
        var coverage = InventoryCoverage.Of(tenant, records, now);
        var join = await inventoryJoiner.JoinAsync(tenant, coverage, users, cancellationToken);
        var userFacts = await directory.ReadUserFactsAsync(tenant, users, cancellationToken);
        var earlier = (await findings.FindManyAsync(tenant.Id, [.. users.Select(u => u.Id).Distinct()], cancellationToken))
            .ToDictionary(f => f.User.Id);
        var excepted = await exceptions.ListAsync(tenant.Id, cancellationToken)
            .Select(found => found.Item)
            .Where(exception => exception.IsInForce(now))
            .ToDictionaryAsync(exception => exception.UserId, cancellationToken: cancellationToken);

        return [.. users.Zip(userFacts, (user, its) => Gather(user, its, earlier.GetValueOrDefault(user.Id)))];

        GatheredEvidence Gather(CloudUser user, UserFacts its, Finding? before) => new(
            new()
            {
                Tenant = tenant,
                User = user,
                TenantFacts = facts,
                UserFacts = its,
                Inventory = join.IsKnown
                    ? Reading.Known(join.Value.EvidenceFor(user.Id) with { Doubts = coverage.DoubtsAbout(user.OnPremises.DomainName) })
                    : Reading.Unknown<InventoryEvidence>(join.UnknownBecause!),
                Claims = PartnerClaims.None,
                Exception = excepted.GetValueOrDefault(user.Id),
                WasCloudManaged = before?.WasCloudManaged ?? false,
            },
            join.IsKnown ? coverage.InForce.ToDictionary(r => r.Collector.Value, r => r.Version) : [],
            join.IsKnown ? [.. coverage.InForce.Select(r => r.UploadedBy).Distinct()] : [],
            before);
    }

    /// <summary>Adds who else claims the one partner, where there is one and <paramref name="isWanted"/> says so.</summary>
    private async Task<IReadOnlyList<GatheredEvidence>> AskForClaimsAsync(
        Tenant tenant, IReadOnlyList<GatheredEvidence> gathered, Func<ClassificationCase, bool> isWanted, CancellationToken cancellationToken)
    {
        var keys = gathered.Select(g => isWanted(g.Case) ? PartnerKeys.Of(g.Case) : null).ToList();
        var asked = keys.OfType<PartnerKeys>().ToList();

        if (asked.Count == 0)
        {
            return gathered;
        }

        var claims = new Queue<PartnerClaims>(await directory.FindPartnerClaimsAsync(tenant, asked, cancellationToken));

        return [.. gathered.Zip(keys, (g, key) => key is null ? g : g with { Case = g.Case with { Claims = claims.Dequeue() } })];
    }
}
