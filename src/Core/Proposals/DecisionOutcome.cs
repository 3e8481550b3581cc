namespace Reanchor.Proposals;

/// <summary>What became of a decision. Stored by name.</summary>
public enum DecisionOutcome
{
    Recorded,
    NotFound,

    /// <summary>Nobody approves what they requested.</summary>
    OwnRequest,

    /// <summary>Someone decided first, or it is no longer open.</summary>
    AlreadyDecided,

    /// <summary>The digest is not the proposal's: what the approver saw is not what stands here.</summary>
    Changed,

    Expired,
}
