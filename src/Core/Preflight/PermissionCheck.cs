namespace Reanchor.Preflight;

public enum PermissionState
{
    Granted,
    Missing,

    /// <summary>The grants cannot be read, and nothing that was read tells.</summary>
    Unknown,
}

/// <summary>Whether the application has a permission in a tenant.</summary>
public sealed record PermissionCheck(DirectoryPermission Permission, PermissionState State)
{
    /// <param name="use">One of the permission's uses. What was read was read by the application that reads.</param>
    internal static PermissionCheck Of(DirectoryPermission permission, DirectoryUse use, PermissionEvidence evidence)
    {
        var readings = use is DirectoryUse.Read ? permission.Readings(evidence) : [];
        var granted = evidence.Access.GrantedFor(use);

        // What worked is there, if only as part of a wider permission. A refusal may come from a token older than the grant.
        return new(
            permission,
            readings.Count > 0 && readings.All(r => r.IsKnown) ? PermissionState.Granted
            : granted.IsKnown ? granted.Value.Contains(permission.Name) ? PermissionState.Granted : PermissionState.Missing
            : readings.Any(r => r.MissingPermission == permission.Name) ? PermissionState.Missing
            : PermissionState.Unknown);
    }
}
