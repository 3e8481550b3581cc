using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Preflight;

/// <summary>What a scan of a tenant would start from, as it is now.</summary>
public sealed record PreflightReport
{
    public required Tenant Tenant { get; init; }

    public required DateTimeOffset CheckedAt { get; init; }

    public required TenantFacts Facts { get; init; }

    public required Reading<IReadOnlyList<SyncAccount>> SyncAccounts { get; init; }

    /// <summary>Why a scan would propose nobody, in words for a person. Empty when it may propose.</summary>
    public required IReadOnlyList<string> Obstacles { get; init; }

    public required IReadOnlyList<PermissionCheck> Permissions { get; init; }
}
