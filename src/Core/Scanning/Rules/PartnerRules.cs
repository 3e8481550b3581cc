using static Reanchor.Scanning.Rules.RuleVerdict;

namespace Reanchor.Scanning.Rules;

/// <summary>
/// Whether exactly one on-premises account would match. Soft match compares UPN and primary SMTP address (Learn, "When you already
/// have Microsoft Entra ID").
/// </summary>
internal static class PartnerRules
{
    public static RuleVerdict PartnerMissing(ClassificationCase c) => GivenInventory(c, evidence =>
        evidence.Partners.Count > 0 ? Pass("An on-premises account has this UPN or primary address.")
        : Fail(Classification.NoPartner, evidence.SecondaryAddressHolders is [var near, ..]
            ? $"No on-premises account has this UPN or primary address. {near.Name} has it as a secondary address only."
            : "No on-premises account has this UPN or primary address: after a clear nothing would match."));

    public static RuleVerdict PartnerAmbiguous(ClassificationCase c) => GivenInventory(c, evidence =>
        evidence.Partners is [var first, var second, ..]
            ? Fail(Classification.AmbiguousPartner, $"{first.Name} and {second.Name} could both be meant.")
            : Pass("No second account could be meant."));

    /// <summary>An account that two users could match takes one of them, and the other would have lost its anchor for nothing.</summary>
    public static RuleVerdict PartnerShared(ClassificationCase c) => GivenInventory(c, evidence =>
        evidence is { Partners: [var partner, ..], Rivals: [var rival, ..] }
            ? Fail(Classification.AmbiguousPartner, $"{partner.Name} could match the user {rival} as well.")
            : Pass("No other user could match the same account."));

    /// <summary>
    /// Changing a mapped object identifier raises AttributeUpdateNotAllowed since July 2026 (Learn, "When you already have Microsoft
    /// Entra ID"); unproven for soft match.
    /// </summary>
    public static RuleVerdict ForeignObjectIdentifier(ClassificationCase c) => GivenPartner(c, partner =>
        c.User.OnPremises.ObjectIdentifier is { } identifier
        && !(Guid.TryParse(identifier, out var id) && id == partner.Account.ObjectGuid)
            ? Unknown("The user carries the object identifier of another account. Whether sync may overwrite it is not certain.")
            : Pass("The user carries no object identifier of another account."));

    /// <summary>Without it nothing could tell the right match from a wrong one.</summary>
    public static RuleVerdict ExpectedAnchorUnknown(ClassificationCase c) => GivenPartner(c, partner =>
        partner.Account.ExpectedAnchor(c.Tenant.AnchorAttribute) is { } anchor
            ? Pass($"After the match the anchor will be {anchor}.")
            : Unknown($"The inventory of {partner.Collector} does not list the custom anchor of {partner.Name}."));
}
