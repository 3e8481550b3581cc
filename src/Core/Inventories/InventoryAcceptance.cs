using Reanchor.Tenants;

namespace Reanchor.Inventories;

/// <summary>Whether a well-formed inventory may take the place of the one in force.</summary>
public static class InventoryAcceptance
{
    /// <summary>Every rule that the new inventory breaks, in words for the person who uploaded it; empty when it is acceptable.</summary>
    /// <param name="inForce">The last inventory accepted from the same collector, however old; <see langword="null"/> when there is none.</param>
    /// <param name="read">The new one. Of one without a readable header nothing is said.</param>
    public static IReadOnlyList<string> FindReasonsToRefuse(
        Tenant tenant, InventoryRecord? inForce, InventoryIntakeResult read, DateTimeOffset now)
    {
        if (read.Header is not { } header)
        {
            return [];
        }

        var policy = tenant.Policy;
        var reasons = new List<string>();

        if (InventoryAge.Of(header.TakenAt, now) is var age && age.IsOver(policy))
        {
            reasons.Add(
                $"It is {age} old; this tenant allows {policy.InventoryMaxAgeHours}. Read the directory again and upload the result.");
        }

        if (!tenant.AnchorAttribute.IsListedUnder(header.AnchorAttribute))
        {
            var name = tenant.AnchorAttribute.LdapName;
            reasons.Add(
                (header.AnchorAttribute is { } other
                    ? $"It was read for the anchor attribute {other}, and this tenant's is {name}. "
                    : $"It does not name the attribute that it was read for, and this tenant's anchors are made from {name}. ")
                + $"Set the collector to it (AnchorAttribute, --anchor-attribute {name}; a CSV's address needs &anchorAttribute={name}), "
                + "or correct the tenant's anchorAttribute if sync uses another.");
        }

        if (inForce is null)
        {
            return reasons;
        }

        if (header.TakenAt <= inForce.TakenAt)
        {
            reasons.Add(
                $"It was taken at {Text(header.TakenAt)}, which is not later than the one in force, {Text(inForce.TakenAt)}.");
        }

        if (!string.Equals(header.Forest, inForce.Forest, StringComparison.OrdinalIgnoreCase))
        {
            reasons.Add(
                $"Collector {inForce.Collector} has sent the forest {inForce.Forest} so far, and this is {header.Forest}. "
                + "Give the other forest a collector of its own, and add it to the tenant's collectors.");
        }

        if (read.Tally is { } tally)
        {
            reasons.AddRange(FindShrinkage(tenant, inForce, tally, read.DeletedRead));
        }

        return reasons;
    }

    private static IEnumerable<string> FindShrinkage(Tenant tenant, InventoryRecord before, InventoryTally after, bool? deletedRead)
    {
        var percent = tenant.Policy.InventoryMaxShrinkPercent;
        var deletedBefore = before.Deleted ?? 0;
        var liveBefore = before.Count - deletedBefore;

        if (ShrankTooFar(liveBefore, after.Live, liveBefore))
        {
            yield return Words("accounts outside the recycle bin", liveBefore, after.Live);
        }

        if (tenant.AnchorAttribute != AnchorAttribute.ObjectGuid
            && tenant.AnchorAttribute.IsListedUnder(before.AnchorAttribute)
            && before.Anchored is { } anchoredBefore
            && ShrankTooFar(anchoredBefore, after.Anchored, anchoredBefore))
        {
            yield return Words($"accounts with a value in {tenant.AnchorAttribute.LdapName}", anchoredBefore, after.Anchored);
        }

        // Deleted accounts leave by themselves when their time in the bin is over, so few are measured against all accounts.
        if (before.DeletedRead is true && deletedRead is true && ShrankTooFar(deletedBefore, after.Deleted, before.Count))
        {
            yield return Words("accounts in the recycle bin", deletedBefore, after.Deleted);
        }

        bool ShrankTooFar(int from, int to, int of) => (from - (long)to) * 100 > (long)of * percent;

        string Words(string what, int from, int to) =>
            $"It lists {to} {what}, {Math.Round(100m * (from - to) / from, 1, MidpointRounding.ToPositiveInfinity):0.#} % fewer than the "
            + $"{from} of the one in force; this tenant allows {percent} %. Check that the collector can still read every domain, container "
            + "and attribute; if they are really gone, raise the tenant's inventoryMaxShrinkPercent for this upload.";
    }

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", null);
}
