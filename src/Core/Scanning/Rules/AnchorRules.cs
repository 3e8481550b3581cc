using static Reanchor.Scanning.Rules.RuleVerdict;

namespace Reanchor.Scanning.Rules;

/// <summary>Whether anything still answers to the anchor.</summary>
internal static class AnchorRules
{
    /// <summary>The anchor of a synced user cannot be written at all (Learn, "Clear on-premises attributes").</summary>
    public static RuleVerdict StillSynced(ClassificationCase c) => c.User.IsSynced
        ? Fail(Classification.StillSynced, "The user is synced from on-premises AD.")
        : Pass("The user is not synced.");

    /// <summary>
    /// Sync tries the hard match first (Learn, "When you already have Microsoft Entra ID"), and an account in the AD Recycle Bin takes
    /// its anchor along when it is restored (Learn, "Connect Sync: AD Recycle Bin").
    /// </summary>
    public static RuleVerdict AnchorInUse(ClassificationCase c) => GivenInventory(c, evidence =>
        evidence.AnchorHolders is not [var holder, ..] ? Pass("No on-premises account holds this anchor.")
        : Fail(Classification.AnchorInUse, holder.Account.Deleted
            ? $"{holder.Name} in the AD Recycle Bin holds this anchor and could be restored."
            : $"{holder.Name} holds this anchor; sync will hard match it."));

    /// <summary>A returning AD object with the anchor would bring the deleted user back (Learn, "Connect Sync: AD Recycle Bin").</summary>
    public static RuleVerdict SoftDeletedHolder(ClassificationCase c) =>
        Given(c.TenantFacts.SoftDeletedHolders, "Deleted users", deleted =>
            c.User.Anchor is { } anchor && deleted.Contains(anchor)
                ? Fail(Classification.AnchorInUse,
                    $"The deleted user {deleted[anchor].First()} holds the same anchor. Remove it for good, or restore it, first.")
                : Pass("No deleted user holds this anchor."));

    /// <summary>
    /// The account lives under another anchor, so the cure is a hard match: Microsoft's own for this conflict (Learn, "When you
    /// already have Microsoft Entra ID").
    /// </summary>
    public static RuleVerdict AnchorDrifted(ClassificationCase c) => GivenInventory(c, evidence =>
        evidence.DriftedAccounts is [var account, ..]
            ? Fail(Classification.AnchorDrifted,
                $"{account.Name} is the account this user was matched to, and it has another anchor now. Hard match it instead.")
            : Pass("No on-premises account has the SID or object identifier of this user."));

    /// <summary>
    /// Sync writes the Base64 of a GUID (Learn, "Design concepts"); other identity providers and custom anchors may hold any string:
    /// unknown scheme, not left over.
    /// </summary>
    public static RuleVerdict ForeignAnchor(ClassificationCase c) => c.User.Anchor is { } anchor && !anchor.TryGetGuid(out _)
        ? Fail(Classification.ForeignAnchor, "The anchor is not the Base64 of a 16-byte GUID. Another system may sign in with it.")
        : Pass("The anchor is the Base64 of a GUID.");
}
