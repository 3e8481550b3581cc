namespace Reanchor.GraphSimulator;

public enum SyncOutcome
{
    /// <summary>Was connected already; its attributes were brought up to date.</summary>
    Updated,

    /// <summary>Took over a cloud user whose anchor equals the account's.</summary>
    HardMatched,

    /// <summary>Took over a cloud user without an anchor, by UPN or primary SMTP address.</summary>
    SoftMatched,

    /// <summary>Became a new cloud user.</summary>
    Created,

    /// <summary>Brought back the soft-deleted cloud user that holds its anchor.</summary>
    Restored,

    /// <summary>Became a second cloud user with a conflicting value withheld.</summary>
    Quarantined,

    /// <summary>Left AD or the scope, so its cloud user was soft-deleted.</summary>
    SoftDeleted,

    /// <summary>Left alone: the cloud user's source of authority is the cloud.</summary>
    CloudManaged,

    /// <summary>The export failed; see the error.</summary>
    Failed,
}
