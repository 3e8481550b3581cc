namespace Reanchor.Proposals;

/// <summary>What became of a decision. Stored by name.</summary>
public enum DecisionOutcome
{
    /// <summary>It counts. The proposal may still wait for a second approval.</summary>
    Recorded,

    /// <summary>Kept for whoever decides, and counts for nothing.</summary>
    Advice,
    NotFound,

    /// <summary>Nobody approves what they requested.</summary>
    OwnRequest,

    /// <summary>Nobody approves what rests on an inventory that they handed in.</summary>
    OwnImport,

    /// <summary>They have approved it before; the second approval must be someone else's.</summary>
    ApprovedBefore,

    /// <summary>The tenant's policy says who may approve, and they are not among them.</summary>
    NotAnApprover,

    /// <summary>Only people decide; an application can but relay what one answered.</summary>
    NotAPerson,

    /// <summary>Someone decided first, or it is no longer open.</summary>
    AlreadyDecided,

    /// <summary>The digest is not the proposal's: what the approver saw is not what stands here.</summary>
    Changed,

    Expired,
}
