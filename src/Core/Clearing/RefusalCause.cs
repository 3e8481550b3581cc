namespace Reanchor.Clearing;

/// <summary>Why a directory refused a write. None of them is cured by a retry. Stored by name.</summary>
public enum RefusalCause
{
    /// <summary>The user is synced, or managed by another service: its anchor is not ours to change.</summary>
    Synced,

    /// <summary>The user holds or may activate an admin role, or belongs to a role-assignable group.</summary>
    Privileged,

    /// <summary>The user's domain is federated: the anchor is its sign-in key.</summary>
    Federated,

    /// <summary>Another user holds the anchor.</summary>
    Uniqueness,

    /// <summary>The application lacks the right.</summary>
    Permission,

    NotFound,

    /// <summary>An answer that Reanchor does not know; the text has it in full.</summary>
    Unknown,
}
