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
    public async Task<IReadOnlyList<Finding>> AssessAsync(
        Tenant tenant,
        ScanId scan,
        TenantFacts facts,
        IReadOnlyList<CloudUser> users,
        CancellationToken cancellationToken)
    {
        if (users.Count == 0)
        {
            return [];
        }

        var now = clock.GetUtcNow();
        var records = (await inventories.ListAsync(tenant.Id, cancellationToken)).Select(r => r.Item).ToList();
        var coverage = InventoryCoverage.Of(tenant, records, now);
        var join = await JoinAsync(coverage, users, cancellationToken);
        var userFacts = await directory.ReadUserFactsAsync(tenant, users, cancellationToken);
        var earlier = (await findings.FindManyAsync(tenant.Id, [.. users.Select(u => u.Id)], cancellationToken))
            .ToDictionary(f => f.User.Id);

        return [.. users.Zip(userFacts, (user, its) => Judge(user, its, earlier.GetValueOrDefault(user.Id)))];

        Finding Judge(CloudUser user, UserFacts its, Finding? before)
        {
            var assessment = CandidateClassifier.Classify(new()
            {
                Tenant = tenant,
                User = user,
                TenantFacts = facts,
                UserFacts = its,
                Inventory = join.IsKnown
                    ? Reading.Known(join.Value.EvidenceFor(user.Id))
                    : Reading.Unknown<InventoryEvidence>(join.UnknownBecause!),
                WasCloudManaged = before?.WasCloudManaged ?? false,
            });

            return new()
            {
                Tenant = tenant.Id,
                Scan = scan,
                User = user,
                Assessment = assessment,
                InventoryVersions = join.IsKnown
                    ? coverage.InForce.ToDictionary(r => r.Collector.Value, r => r.Version)
                    : [],
                FirstSeenAt = before?.FirstSeenAt ?? now,
                SeenAt = now,
                WasCloudManaged = before is { WasCloudManaged: true } || its.IsCloudManaged is { IsKnown: true, Value: true },
            };
        }
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
