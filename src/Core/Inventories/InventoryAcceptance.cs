using Reanchor.Tenants;

namespace Reanchor.Inventories;

/// <summary>Whether a well-formed inventory may take the place of the one in force.</summary>
public static class InventoryAcceptance
{
    /// <summary>Every rule that the new inventory breaks, in words for the person who uploaded it; empty when it is acceptable.</summary>
    /// <param name="inForce">The last inventory accepted from the same collector, however old; <see langword="null"/> when there is none.</param>
    /// <param name="count">Accounts in the new one; <see langword="null"/> when it could not be read to its end.</param>
    public static IReadOnlyList<string> FindReasonsToRefuse(
        Tenant tenant, InventoryRecord? inForce, InventoryHeader header, int? count, DateTimeOffset now)
    {
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

        if (count is { } after && ShrankTooFar(policy, inForce.Count, after))
        {
            var percent = Math.Round(100m * (inForce.Count - after) / inForce.Count, 1, MidpointRounding.ToPositiveInfinity);
            reasons.Add(
                $"It lists {after} accounts, {percent:0.#} % fewer than the {inForce.Count} of the one in force; this tenant allows "
                + $"{policy.InventoryMaxShrinkPercent} %. Check that the collector can still read every domain and container; if the "
                + "accounts are really gone, raise the tenant's inventoryMaxShrinkPercent for this upload.");
        }

        return reasons;
    }

    private static bool ShrankTooFar(TenantPolicy policy, int before, int after) =>
        (before - (long)after) * 100 > (long)before * policy.InventoryMaxShrinkPercent;

    private static string Text(DateTimeOffset instant) => instant.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.FFFZ", null);
}
