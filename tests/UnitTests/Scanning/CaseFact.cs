using Reanchor.Scanning;

namespace Reanchor.UnitTests.Scanning;

/// <summary>One thing that is true of a user, its tenant or its forests, besides what makes a perfect candidate.</summary>
/// <param name="Words">As an administrator would say it; printed in docs/classification.md.</param>
internal sealed record CaseFact(string Words, Func<ClassificationCase, ClassificationCase> Change)
{
    public static CaseFact OfUser(string words, Func<CloudUser, CloudUser> change) => new(words, c => c with { User = change(c.User) });

    public static CaseFact OfTenant(string words, Func<TenantFacts, TenantFacts> change) =>
        new(words, c => c with { TenantFacts = change(c.TenantFacts) });

    public static CaseFact OfReads(string words, Func<UserFacts, UserFacts> change) => new(words, c => c with { UserFacts = change(c.UserFacts) });

    public static CaseFact OfClaims(string words, Func<PartnerClaims, PartnerClaims> change) => new(words, c => c with { Claims = change(c.Claims) });

    /// <summary>Nothing, where the inventories are unknown already.</summary>
    public static CaseFact OfInventory(string words, Func<InventoryEvidence, InventoryEvidence> change) => new(
        words, c => c.Inventory.IsKnown ? c with { Inventory = Reading.Known(change(c.Inventory.Value)) } : c);
}
