using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Scanning.Rules;
using Reanchor.Tenants;

namespace Reanchor.Diagnosis;

/// <summary>
/// When a hard match may be made. What is said of blocked hard matches is in Microsoft Learn, "When you already have Microsoft Entra
/// ID", as of July 2026.
/// </summary>
internal static class HardMatchChecks
{
    /// <summary>
    /// Rules of classification that do not hold here: a hard match is the cure for the first three, names play no part in one, and
    /// the others are asked below.
    /// </summary>
    public static IReadOnlyList<string> RulesLeftOut { get; } =
    [
        "anchorDrifted", "softMatchBlocked", "previouslySynced", "nameNotMatched", "foreignAnchor", "foreignObjectIdentifier", "expectedAnchorUnknown",
    ];

    /// <summary>What speaks against it first.</summary>
    public static IReadOnlyList<DiagnosisCheck> Of(HardMatchCase c)
    {
        if (c.Subject is not { } subject)
        {
            return
            [
                DiagnosisCheck.Fail(
                    "userExists", "The user exists", "The user is deleted.", "There is nothing to match to.",
                    "Restore the user first, if it is still wanted."),
            ];
        }

        List<DiagnosisCheck> checks =
        [
            Proposal(c), Anchor(c, subject), AnchorAttribute(subject), Account(c, subject), ObjectIdentifier(c, subject),
            .. ClassificationRules.InOrder.Where(rule => !RulesLeftOut.Contains(rule.Name)).Select(rule => RuleWords.Check(rule, subject)),
        ];

        return [.. checks.OrderBy(check => check.State switch { RuleOutcome.Fail => 0, RuleOutcome.Unknown => 1, _ => 2 })];
    }

    private static DiagnosisCheck Proposal(HardMatchCase c)
    {
        const string Name = "proposal";
        const string Title = "No clear is under way";
        var status = c.Proposal.Status;

        return status switch
        {
            ProposalStatus.Approved or ProposalStatus.Clearing => DiagnosisCheck.Fail(
                Name, Title, "The proposal is approved: its clear is about to be made.", "The two cures must not be mixed.",
                "Wait for the clear and its verification."),
            ProposalStatus.Cleared or ProposalStatus.Verified or ProposalStatus.Inconclusive or ProposalStatus.Restoring => DiagnosisCheck.Fail(
                Name, Title, $"The anchor was cleared; the proposal is {Lower(status)}.", "The anchor that a hard match needs is no longer there.",
                "Wait for the verification, or restore the anchor first."),
            _ => DiagnosisCheck.Pass(Name, Title, $"The proposal is {Lower(status)}."),
        };
    }

    private static DiagnosisCheck Anchor(HardMatchCase c, ClassificationCase subject)
    {
        const string Name = "anchor";
        const string Title = "The user carries the anchor, and it fits into mS-DS-ConsistencyGuid";

        return subject.User.Anchor is not { } anchor
                ? DiagnosisCheck.Fail(Name, Title, "The user has no anchor any more.", "Without one sync matches by name and address.", "Run a sync.")
            : anchor != c.Proposal.Anchor
                ? DiagnosisCheck.Fail(Name, Title, "The user's anchor is not the proposal's any more.", "Someone, or sync, changed it.", "Scan again.")
            : !anchor.TryGetGuid(out _)
                ? DiagnosisCheck.Fail(
                    Name, Title, "The anchor is not the Base64 of 16 bytes.", "mS-DS-ConsistencyGuid cannot hold it.",
                    "Leave the user to a specialist: another system may sign in with this value.")
            : DiagnosisCheck.Pass(Name, Title, "The anchor is the proposal's, and the Base64 of 16 bytes.");
    }

    private static DiagnosisCheck AnchorAttribute(ClassificationCase subject)
    {
        const string Name = "anchorAttribute";
        const string Title = "The tenant's sync takes the anchor from mS-DS-ConsistencyGuid";

        return subject.Tenant.AnchorAttribute == Tenants.AnchorAttribute.ConsistencyGuid
            ? DiagnosisCheck.Pass(Name, Title, "The tenant is registered with it.")
            : DiagnosisCheck.Fail(
                Name, Title, $"The tenant is registered with another anchor attribute: {subject.Tenant.AnchorAttribute}.",
                "Sync does not look at mS-DS-ConsistencyGuid.", "Clear the anchor instead.");
    }

    private static DiagnosisCheck Account(HardMatchCase c, ClassificationCase subject)
    {
        const string Name = "account";
        const string Title = "The inventories list the AD account";

        return c.Proposal.Evidence.Partner is null
                ? DiagnosisCheck.Fail(
                    Name, Title, "The proposal names none: no account has the user's name or address.", "There is nothing to hard match.",
                    "If the account is yet to come, create it with the user's UPN and primary address, and scan again.")
            : !subject.Inventory.IsKnown
                ? DiagnosisCheck.Unknown(Name, Title, subject.Inventory.UnknownBecause!)
            : c.Account is null
                ? DiagnosisCheck.Fail(Name, Title, "It is no longer listed, or under another name.", "It would not be the right account any more.", "Scan again.")
            : DiagnosisCheck.Pass(Name, Title, "It is live, and the one that the proposal names.");
    }

    /// <summary>Since 1 July 2026 a hard match onto a user with a differing onPremisesObjectIdentifier is blocked.</summary>
    private static DiagnosisCheck ObjectIdentifier(HardMatchCase c, ClassificationCase subject)
    {
        const string Name = "objectIdentifier";
        const string Title = "The user does not carry the object identifier of another AD account";

        return subject.User.OnPremises.ObjectIdentifier is not { } identifier
                ? DiagnosisCheck.Pass(Name, Title, "It carries none.")
            : c.Proposal.Evidence.Partner is { } partner && !subject.User.OnPremises.IdentifyAnotherThan(partner.ObjectGuid)
                ? DiagnosisCheck.Pass(Name, Title, "It carries the objectGUID of this account.")
            : DiagnosisCheck.Fail(
                Name, Title, $"onPremisesObjectIdentifier is {identifier}.",
                "Entra blocks the hard match, and the value cannot be put back once it is cleared.", "Leave the user to a specialist.");
    }

    private static string Lower(ProposalStatus status) => status.ToString().ToLowerInvariant();
}
