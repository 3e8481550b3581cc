namespace Reanchor.Tenants;

/// <summary>Which proposals two different people have to approve. Stored by name; each includes the one before.</summary>
public enum TwoApprovals
{
    Never,

    /// <summary>Those that cannot be undone, or that no sync is expected to prove right.</summary>
    Risky,

    /// <summary>Those that approvers are warned of, beyond what is said of every match.</summary>
    Warned,

    Always,
}
