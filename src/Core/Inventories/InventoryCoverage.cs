using Reanchor.Tenants;

namespace Reanchor.Inventories;

/// <summary>
/// Whether the inventories in force cover every forest that a tenant expects, recently enough to prove an absence. One of a collector
/// that is no longer expected counts for nothing: the anchors of a forest that was given up are the very ones that are left over.
/// </summary>
public sealed record InventoryCoverage
{
    /// <summary>The inventories that count: from expected collectors, and fresh.</summary>
    public required IReadOnlyList<InventoryRecord> InForce { get; init; }

    /// <summary>Everything that is missing, in words for a person. Empty when the tenant is covered.</summary>
    public required IReadOnlyList<string> Gaps { get; init; }

    /// <summary>What the inventories that count cannot exclude, in words for an approver. Empty when nothing is left open.</summary>
    public required IReadOnlyList<string> Doubts { get; init; }

    public bool IsComplete => Gaps.Count == 0;

    /// <summary><see cref="Doubts"/>, and whether the user may belong to a forest that nobody registered.</summary>
    /// <param name="domain">DNS name of the domain that the user was last synced from; <see langword="null"/> when it is not known.</param>
    public IReadOnlyList<string> DoubtsAbout(string? domain) => domain is null || InForce.Any(r => IsPartOf(r.Forest, domain))
        ? Doubts
        :
        [
            .. Doubts,
            $"The user was last synced from {domain}, and no inventory of a forest of that name was read: if it still exists, "
            + "an account there may hold this anchor.",
        ];

    public static InventoryCoverage Of(Tenant tenant, IReadOnlyList<InventoryRecord> records, DateTimeOffset now)
    {
        var inForce = new List<InventoryRecord>();
        var gaps = new List<string>();

        if (tenant.Collectors.Count == 0)
        {
            gaps.Add("No collector is expected: register the collectors of every forest in the tenant's collectors.");
        }

        foreach (var collector in tenant.Collectors)
        {
            if (records.FirstOrDefault(r => r.Collector == collector) is not { } record)
            {
                gaps.Add($"No inventory from collector {collector}: its forest is missing.");
            }
            else if (!record.IsFresh(tenant.Policy, now))
            {
                gaps.Add(
                    $"The inventory of {collector}, forest {record.Forest}, is {InventoryAge.Of(record.TakenAt, now)} old; this tenant "
                    + $"allows {tenant.Policy.InventoryMaxAgeHours}.");
            }
            else if (!tenant.AnchorAttribute.IsListedUnder(record.AnchorAttribute))
            {
                gaps.Add(
                    $"The inventory of {collector}, forest {record.Forest}, was read for "
                    + $"{(record.AnchorAttribute is { } read ? $"the anchor attribute {read}" : "no named anchor attribute")}, and the tenant's "
                    + $"is {tenant.AnchorAttribute.LdapName} now: set the collector to it and upload again.");
            }
            else
            {
                inForce.Add(record);
            }
        }

        foreach (var same in inForce.GroupBy(r => r.Forest, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1))
        {
            gaps.Add(
                $"Collectors {string.Join(" and ", same.Select(r => r.Collector))} sent the same forest, {same.Key}: another one may be missing.");
        }

        return new() { InForce = inForce, Gaps = gaps, Doubts = [.. inForce.SelectMany(r => DoubtsOf(r, tenant))] };
    }

    private static IEnumerable<string> DoubtsOf(InventoryRecord record, Tenant tenant)
    {
        if (record.DeletedRead is false)
        {
            yield return $"Deleted accounts of the forest {record.Forest} could not be read: one that could be restored may hold this anchor.";
        }
        else if (record.DeletedRead is null)
        {
            yield return $"The inventory of the forest {record.Forest} does not say whether deleted accounts were read: "
                + "one that could be restored may hold this anchor.";
        }

        // True of a forest that sync has never written to, and of one whose reader may not see the attribute.
        if (record.Anchored is 0 && tenant.AnchorAttribute == AnchorAttribute.ConsistencyGuid)
        {
            yield return $"No account in the inventory of the forest {record.Forest} has an mS-DS-ConsistencyGuid: if the reader may not see "
                + "it, one may hold this anchor.";
        }
    }

    private static bool IsPartOf(string forest, string domain) =>
        domain.Equals(forest, StringComparison.OrdinalIgnoreCase) || domain.EndsWith($".{forest}", StringComparison.OrdinalIgnoreCase);
}
