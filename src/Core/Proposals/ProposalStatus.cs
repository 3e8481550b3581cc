namespace Reanchor.Proposals;

/// <summary>Stored by name.</summary>
public enum ProposalStatus
{
    Pending,
    Approved,
    Rejected,
    Expired,

    /// <summary>The account, or the evidence, changed first; nothing was done.</summary>
    Superseded,

    /// <summary>Claimed; the old values are on record and the write may have been sent.</summary>
    Clearing,
    Cleared,

    /// <summary>The next sync matched the right account.</summary>
    Verified,

    /// <summary>Cleared, but the match did not come, or another one did.</summary>
    Inconclusive,

    /// <summary>The directory said no, for a reason that a retry does not cure.</summary>
    Refused,
    Restoring,
    Restored,
}
