using Reanchor.Scanning;
using Reanchor.Scanning.Rules;

namespace Reanchor.Diagnosis;

/// <summary>What the verdict of a rule of classification means to the person who has the sync error in hand.</summary>
/// <param name="Title">What is true when the rule passes.</param>
/// <param name="Means">What follows when it fails.</param>
/// <param name="WhatToDo">When it fails.</param>
internal sealed record RuleWords(string Title, string Means, string WhatToDo)
{
    /// <summary>By the names of <see cref="ClassificationRules.InOrder"/>.</summary>
    public static IReadOnlyDictionary<string, RuleWords> ByRule { get; } = new Dictionary<string, RuleWords>
    {
        ["stillSynced"] = new(
            "The user is not synced yet",
            "Sync has matched the user to an AD account, and keeps the two together.",
            "Nothing. If sync still reports an error, it is about another object: diagnose the one that the error names."),
        ["anchorInUse"] = new(
            "No AD account holds the anchor",
            "The anchor is not left over: the account that it stands for still exists, and sync matches by the anchor first.",
            "Bring that account into the scope of sync, or restore it, or delete it for good; then run a sync."),
        ["softDeletedHolder"] = new(
            "No deleted user holds the anchor",
            "A returning AD account with this anchor would bring the deleted user back, not this one.",
            "Look at the deleted user in Entra. Delete it for good, or restore it, whichever of the two is the wrong one; then ask again."),
        ["anchorDrifted"] = new(
            "The AD account that the user was matched to has not changed its anchor",
            "The account lives, but sync now makes another anchor of it, for example after a move to another domain.",
            "Do not clear. Write the user's anchor into the account's mS-DS-ConsistencyGuid, so that sync hard matches them."),
        ["foreignAnchor"] = new(
            "The anchor is one that Microsoft's sync makes",
            "Another identity provider, or a sync with an anchor of its own, may know the user by this value.",
            "Find out who wrote it. Leave the user to a specialist."),
        ["federatedDomain"] = new(
            "The user's domain is not federated",
            "The anchor is the key by which the user signs in. Without it nobody gets in.",
            "Leave the anchor alone, or move the user to a managed domain first."),
        ["cloudManaged"] = new(
            "The user was not handed over to the cloud",
            "Someone made the cloud the source of authority of this user, on purpose. Sync leaves it alone.",
            "Nothing, if that is still wanted. Else give the source of authority back to AD; the anchor is needed for it."),
        ["authorityReverted"] = new(
            "The user was not given back to AD lately",
            "The source of authority is on its way back to AD, and the anchor is what sync will match by.",
            "Bring the AD account into the scope of sync and wait for a sync."),
        ["givenBackToAd"] = new(
            "The audit log names no return of the user to AD",
            "The source of authority is on its way back to AD, and the anchor is what sync will match by.",
            "Bring the AD account into the scope of sync and wait for a sync."),
        ["activeRole"] = new(
            "The user holds no admin role",
            "Sync never matches an AD account with a user that holds an admin role.",
            "Remove the roles, delete a duplicate in quarantine for good, run a sync, and give the roles back. Better: keep admins in the cloud."),
        ["eligibleRole"] = new(
            "The user may not activate an admin role",
            "Since July 2026 sync does not match a user that may activate an admin role either.",
            "Remove the eligibility, run a sync, and give it back. Better: keep admins in the cloud."),
        ["roleAssignableGroup"] = new(
            "The user is in no group that admin roles can be given to",
            "The user counts as an admin, for sync and for every change of its anchor.",
            "Take the user out of the group while sync matches it. Better: keep admins in the cloud."),
        ["eligibleForGroup"] = new(
            "The user may not join a group that admin roles can be given to",
            "The user can make itself an admin at any time, so it counts as one.",
            "Remove the eligibility, run a sync, and give it back. Better: keep admins in the cloud."),
        ["protectedUser"] = new(
            "The tenant's policy does not protect the user",
            "An administrator of Reanchor has set this user apart.",
            "Ask that administrator. Until then nothing is proposed for it."),
        ["protectedGroup"] = new(
            "The user is in no group that the tenant's policy protects",
            "An administrator of Reanchor has set the members of this group apart.",
            "Ask that administrator. Until then nothing is proposed for them."),
        ["exceptedUser"] = new(
            "No exception is in force for the user",
            "An administrator of Reanchor has set this user apart until a certain day. It returns by itself.",
            "Ask the owner of the exception, or wait for its end. Until then nothing is proposed for it."),
        ["restrictedUnit"] = new(
            "The user is in no restricted administrative unit",
            "Only administrators of that unit may change the user.",
            "Ask one of them whether AD shall take the user over."),
        ["guest"] = new(
            "The user is no guest",
            "A guest signs in elsewhere and has no AD account here.",
            "Give the AD account another address, or delete the guest if it is not wanted any more."),
        ["syncAccount"] = new(
            "This is no account of the sync itself",
            "The sync signs in with this account.",
            "Leave it alone."),
        ["resourceMailbox"] = new(
            "The mailbox is a person's",
            "A room, a device or a shared mailbox has no person who would notice a wrong match.",
            "Ask who looks after the mailbox whether AD shall take it over, and clear the anchor by hand if so."),
        ["twoMailboxes"] = new(
            "The AD account has no mailbox besides the cloud mailbox",
            "A match would leave two mailboxes, or stop the cloud one from being provisioned.",
            "Decide which mailbox is kept, and migrate or disable the other, before anything is matched."),
        ["previouslySynced"] = new(
            "The user was not synced, deleted and restored",
            "Microsoft's sources disagree whether sync matches such a user by name, even without an anchor.",
            "Prefer the hard match: write the anchor into the account's mS-DS-ConsistencyGuid."),
        ["cloudOnlyName"] = new(
            "The user signs in with a name of the company's own domain",
            "AD accounts cannot have an onmicrosoft.com name, so a match would change how the user signs in.",
            "Give the user the UPN of its AD account first."),
        ["partnerMissing"] = new(
            "An AD account is waiting to match",
            "Sync matches by UPN or primary address, and no AD account has the user's.",
            "Correct the UPN or the primary address on one side, so that they are the same."),
        ["partnerAmbiguous"] = new(
            "Only one AD account could match",
            "Sync would take whichever account comes first.",
            "Take the UPN or address away from the AD account that is the wrong one."),
        ["nameNotMatched"] = new(
            "Sync matches by what the two have in common",
            "Only the user principal names agree, and in this tenant sync matches by primary address alone.",
            "Give the AD account the user's primary address. Or switch softMatchOnUpnEnabled on; it cannot be switched off again."),
        ["partnerTaken"] = new(
            "The AD account is not matched to another user",
            "Sync matches an account once, and has matched this one already.",
            "Find out which of the two users is the right one. If the other is a duplicate, delete it for good, also from the deleted users."),
        ["partnerShared"] = new(
            "The AD account could match no other user",
            "Sync matches an account once. The other user may get it, and this one would be left without an anchor.",
            "Take the shared name or address away from the user that is the wrong one."),
        ["duplicateInQuarantine"] = new(
            "Sync has made no second user for the AD account",
            "When an address was taken, sync made a second user with a name of its own. It will not look for a match again while that one lives.",
            "Delete the second user, also from the deleted users, before the anchor is cleared and the next sync runs."),
        ["softMatchBlocked"] = new(
            "The tenant allows soft match",
            "Sync makes a second user instead of matching by name or address.",
            "Lift blockSoftMatchEnabled while the sync runs, and set it again. Or hard match the user."),
        ["foreignObjectIdentifier"] = new(
            "The user does not carry the object identifier of another AD account",
            "Sync may refuse to change it (AttributeUpdateNotAllowed), and what is cleared cannot be put back.",
            "Make sure that the AD account is the right one. Then set includeForeignObjectIdentifier in the tenant's policy and scan again; if sync "
                + "still refuses after the clear, ask for the second clear."),
        ["expectedAnchorUnknown"] = new(
            "It is known which anchor the match would write",
            "Nothing could tell the right match from a wrong one afterwards.",
            "Add the custom anchor attribute to the collector, and upload a new inventory."),
    };

    /// <summary>Asks one rule, in words.</summary>
    public static DiagnosisCheck Check(ClassificationRule rule, ClassificationCase subject)
    {
        var verdict = rule.Judge(subject);
        var words = ByRule[rule.Name];

        return verdict.Outcome switch
        {
            RuleOutcome.Pass => DiagnosisCheck.Pass(rule.Name, words.Title, verdict.Seen),
            RuleOutcome.Fail => DiagnosisCheck.Fail(rule.Name, words.Title, verdict.Seen, words.Means, words.WhatToDo),
            _ => DiagnosisCheck.Unknown(rule.Name, words.Title, verdict.Seen),
        };
    }
}
