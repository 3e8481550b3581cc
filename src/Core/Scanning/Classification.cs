namespace Reanchor.Scanning;

/// <summary>
/// What a scan says of one user. When several apply, the first in this order is the user's class. Stored and shown by these names.
/// </summary>
public enum Classification
{
    /// <summary>Became synced between the query and the look; nothing to do.</summary>
    StillSynced,

    /// <summary>An on-premises account (live or in the recycle bin) or a soft-deleted cloud user holds this anchor.</summary>
    AnchorInUse,

    /// <summary>The on-premises account is alive but has another anchor now.</summary>
    AnchorDrifted,

    /// <summary>Not the Base64 of 16 bytes: another identity provider or a custom anchor may depend on it.</summary>
    ForeignAnchor,

    /// <summary>The user signs in through a federated domain; the anchor is its sign-in key there.</summary>
    FederatedDomain,

    /// <summary>Source of authority was converted to the cloud; the anchor is the way back to AD.</summary>
    CloudManaged,

    /// <summary>Source of authority was lately given back to AD; sync has yet to take the user.</summary>
    AuthorityReverted,

    /// <summary>Holds, or may activate, a directory role, or belongs to a role-assignable group.</summary>
    Privileged,

    /// <summary>Excluded by policy or by an exception, or in a restricted management unit.</summary>
    Protected,

    /// <summary>An external user.</summary>
    Guest,

    /// <summary>An account of the directory synchronisation itself.</summary>
    SyncAccount,

    /// <summary>Only a person can tell: a resource mailbox, two mailboxes, or a user restored from the recycle bin.</summary>
    NeedsReview,

    /// <summary>No on-premises account has this UPN or primary address: after a clear nothing would match.</summary>
    NoPartner,

    /// <summary>More than one on-premises account could be meant.</summary>
    AmbiguousPartner,

    /// <summary>Sync has already made a second cloud user for the partner; clearing alone will not help.</summary>
    DuplicateInQuarantine,

    /// <summary>Something that must be known could not be read.</summary>
    EvidenceInsufficient,

    /// <summary>A leftover anchor whose clearing lets the next sync match the one right account.</summary>
    Candidate,
}
