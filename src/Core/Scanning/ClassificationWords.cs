namespace Reanchor.Scanning;

/// <summary>A class in words for a person. The console's table is compared with these.</summary>
public sealed record ClassificationWords(string Label, string Means, string WhatToDo)
{
    private static readonly Dictionary<Classification, ClassificationWords> All = new()
    {
        [Classification.Candidate] = new(
            "Candidate",
            "The anchor is left over. Clearing it lets the next sync match the one right account.",
            "Read the warnings, then approve or reject the proposal."),
        [Classification.NeedsReview] = new(
            "Needs review",
            "Only a person can tell.",
            "Look at the user and its account. The reason says what is unusual."),
        [Classification.AmbiguousPartner] = new(
            "Ambiguous partner",
            "More than one account could be meant, or the account could match another user.",
            "Make names and primary addresses unique on both sides, then scan again."),
        [Classification.DuplicateInQuarantine] = new(
            "Duplicate in quarantine",
            "Sync has already made a second user for the account. A clear alone does not help.",
            "Follow the reason, in its order."),
        [Classification.EvidenceInsufficient] = new(
            "Evidence insufficient",
            "Something that must be known is not. Unknown is never taken for no.",
            "Cure what the reason names: a permission, an inventory, a setting. Then scan again."),
        [Classification.AnchorDrifted] = new(
            "Anchor drifted",
            "AD still has the account, with another anchor now.",
            "Do not clear. Write the user's anchor into the account's mS-DS-ConsistencyGuid, so that sync hard matches the two."),
        [Classification.AuthorityReverted] = new(
            "Authority reverted",
            "The user was given back to AD. Sync takes it by its anchor.",
            "Bring the account into the sync scope and run a sync."),
        [Classification.AnchorInUse] = new(
            "Anchor in use",
            "An account in AD, or a deleted cloud user, still answers to the anchor.",
            "Find the holder that the reason names. Bring it into the sync scope; or, if it is a deleted user, remove it for good or restore it. Then scan again."),
        [Classification.NoPartner] = new(
            "No partner",
            "The anchor is left over, but no account in AD would match.",
            "Give the account in AD the user's name or primary address, if there is one. Or leave the user as it is."),
        [Classification.Privileged] = new(
            "Privileged",
            "The user holds an admin role or could get one. Sync refuses to soft match such users.",
            "If the user must be matched: take the roles away, scan, clear and sync, then give the roles back."),
        [Classification.ForeignAnchor] = new(
            "Foreign anchor",
            "Another identity provider, or a custom anchor, may depend on the value.",
            "Ask who wrote it. Google, Okta and others sign users in by this value."),
        [Classification.FederatedDomain] = new(
            "Federated domain",
            "The anchor is the key that the identity provider signs the user in with.",
            "Nothing, as long as the domain is federated."),
        [Classification.CloudManaged] = new(
            "Cloud managed",
            "The user was moved to the cloud on purpose. The anchor is the way back.",
            "Nothing. It is meant to be so."),
        [Classification.Protected] = new(
            "Protected",
            "The tenant's policy, an exception or a restricted management unit keeps the user out.",
            "Nothing, unless the protection is no longer wanted."),
        [Classification.Guest] = new(
            "Guest",
            "The user belongs to another organisation.",
            "Nothing."),
        [Classification.SyncAccount] = new(
            "Sync account",
            "Directory synchronisation itself signs in with this user.",
            "Nothing."),
        [Classification.StillSynced] = new(
            "Still synced",
            "The user is synced from AD.",
            "Nothing."),
    };

    public static ClassificationWords Of(Classification classification) => All[classification];
}
