using Reanchor.Preflight;

namespace Reanchor.Functions.Preflight;

/// <summary>A permission, whether the tenant grants it, and what is lost where it does not.</summary>
public sealed record PermissionView(string Permission, PermissionState State, string NeededFor, string Without)
{
    public static PermissionView Of(PermissionCheck check) =>
        new(check.Permission.Name, check.State, check.Permission.NeededFor, check.Permission.Without);
}
