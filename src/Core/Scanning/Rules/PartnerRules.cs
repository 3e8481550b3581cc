using static Reanchor.Scanning.Rules.RuleVerdict;

namespace Reanchor.Scanning.Rules;

/// <summary>
/// Whether exactly one on-premises account would match. Soft match compares UPN and primary SMTP address (Learn, "When you already
/// have Microsoft Entra ID").
/// </summary>
internal static class PartnerRules
{
    /// <summary>
    /// A policy may allow users without any partner. One whose name is a secondary address in AD is no such user: Microsoft's pages
    /// disagree whether sync would match it.
    /// </summary>
    public static RuleVerdict PartnerMissing(ClassificationCase c) => GivenInventory(c, evidence => evidence switch
    {
        { Partners.Count: > 0 } => Pass("An on-premises account has this UPN or primary address."),
        { SecondaryAddressHolders: [var near, ..] } => Fail(Classification.NoPartner,
            $"No on-premises account has this UPN or primary address. {near.Name} has it as a secondary address only."),
        _ when c.Tenant.Policy.ProposeWithoutPartner =>
            Pass("No on-premises account has this UPN or primary address; the tenant's policy allows that."),
        _ => Fail(Classification.NoPartner, "No on-premises account has this UPN or primary address: after a clear nothing would match."),
    });

    public static RuleVerdict PartnerAmbiguous(ClassificationCase c) => GivenInventory(c, evidence =>
        evidence.Partners is [var first, var second, ..]
            ? Fail(Classification.AmbiguousPartner, $"{first.Name} and {second.Name} could both be meant.")
            : Pass("No second account could be meant."));

    /// <summary>The switch is permanent once on; tenants of before 2016 may have it off (Learn, "Connect Sync service features").</summary>
    public static RuleVerdict NameNotMatched(ClassificationCase c) => GivenPartner(c, partner =>
        PartnerMatch.MatchedBy(c.User, partner.Account).Contains(PartnerMatch.ByPrimarySmtpAddress)
            ? Pass("The primary address matches, which needs no switch.")
        : Given(c.TenantFacts.Features, "Whether sync matches by UPN", features => features.SoftMatchOnUpnEnabled switch
        {
            true => Pass("Sync matches by UPN in this tenant."),
            false => Fail(Classification.NoPartner,
                $"Only the UPN leads to {partner.Name}, and sync does not match by UPN in this tenant. Give the account the user's primary "
                + "address, or switch softMatchOnUpnEnabled on, which cannot be undone."),
            null => Unknown($"Only the UPN leads to {partner.Name}, and Graph does not say whether sync matches by UPN in this tenant."),
        }));

    /// <summary>
    /// Sync matches an account once, and looks no further (Learn, "When you already have Microsoft Entra ID"). If the user that has it
    /// is a duplicate in quarantine, there is a way out.
    /// </summary>
    public static RuleVerdict PartnerTaken(ClassificationCase c) => GivenPartner(c, partner =>
        Given(c.Claims.AnchorHolders, "Who else holds the expected anchor", holders =>
            Other(holders, c.User) is not { } holder
                ? Pass("No other user holds the anchor that the match would write.")
            : c.TenantFacts.Duplicates is { IsKnown: true } duplicates && duplicates.Value.FirstOrDefault(d => d.UserId == holder) is { } duplicate
                ? Fail(Classification.DuplicateInQuarantine, SyncRules.CureOf(duplicate))
            : Fail(Classification.AmbiguousPartner, $"{partner.Name} is matched to another user already, {holder}.")));

    /// <summary>An account that two users could match takes one of them, and the other would have lost its anchor for nothing.</summary>
    public static RuleVerdict PartnerShared(ClassificationCase c) => GivenPartner(c, partner =>
        Given(c.Claims.NameHolders, "Who else has the account's name or address", holders =>
            Other(holders, c.User) is { } rival
                ? Fail(Classification.AmbiguousPartner, $"{partner.Name} could match the user {rival} as well: it has the account's name or address.")
                : Pass("No other user has the name or the primary address of that account.")));

    /// <summary>
    /// Changing a mapped object identifier raises AttributeUpdateNotAllowed since July 2026 (Learn, "When you already have Microsoft
    /// Entra ID"); unproven for soft match. A policy may include such users: if sync refuses, a second clear takes the identifier away.
    /// </summary>
    public static RuleVerdict ForeignObjectIdentifier(ClassificationCase c) =>
        c is { Inventory: { IsKnown: true, Value.Partners.Count: 0 }, User.OnPremises.ObjectIdentifier: not null }
        && c.Tenant.Policy is { ProposeWithoutPartner: true, IncludeForeignObjectIdentifier: false }
            ? Fail(Classification.EvidenceInsufficient, "The user carries an object identifier, and no account of the inventories can be compared with it.")
            : GivenPartner(c, partner => ForeignTo(partner, c));

    private static RuleVerdict ForeignTo(ListedAccount partner, ClassificationCase c) =>
        !c.User.OnPremises.IdentifyAnotherThan(partner.Account.ObjectGuid) ? Pass("The user carries no object identifier of another account.")
        : c.Tenant.Policy.IncludeForeignObjectIdentifier
            ? Pass("The user carries the object identifier of another account; the tenant's policy includes such users.")
        : Fail(Classification.EvidenceInsufficient, "The user carries the object identifier of another account. Whether sync may overwrite it is not certain.");

    /// <summary>Without it nothing could tell the right match from a wrong one.</summary>
    public static RuleVerdict ExpectedAnchorUnknown(ClassificationCase c) => GivenPartner(c, partner =>
        partner.Account.ExpectedAnchor(c.Tenant.AnchorAttribute) is { } anchor
            ? Pass($"After the match the anchor will be {anchor}.")
            : Fail(Classification.EvidenceInsufficient, $"The inventory of {partner.Collector} does not list the custom anchor of {partner.Name}."));

    private static Guid? Other(IReadOnlyList<Guid> holders, CloudUser user) =>
        holders.Where(id => id != user.Id).Select(id => (Guid?)id).FirstOrDefault();
}
