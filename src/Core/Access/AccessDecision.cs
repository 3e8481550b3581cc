namespace Reanchor.Access;

public enum AccessDecision
{
    Allowed,

    /// <summary>Nobody has signed in, or their token is not good.</summary>
    Unauthenticated,

    RoleMissing,

    /// <summary>They hold the role, but it is not for callers of their kind: see <see cref="RoleHolders"/>.</summary>
    WrongKind,

    /// <summary>Answered as if the tenant did not exist: who may not touch it may not learn of it.</summary>
    OutOfScope,

    /// <summary>A collector may do it, but not for another collector of its tenant.</summary>
    OtherCollector,

    /// <summary>Nobody changes their own access.</summary>
    OwnAccess,
}
