using Reanchor.Clearing;
using Reanchor.Tenants;

namespace Reanchor.Functions.Tenants;

/// <summary>A tenant as callers see it.</summary>
/// <param name="Pause">Who stopped all writes, when and why; <see langword="null"/> when they are not stopped.</param>
/// <param name="Quarantine">Why clears are stopped; <see langword="null"/> when they are not.</param>
public sealed record TenantView(
    TenantId TenantId,
    string DisplayName,
    TenantMode Mode,
    Cloud Cloud,
    AnchorAttribute AnchorAttribute,
    IReadOnlyList<CollectorId> Collectors,
    TenantPolicy Policy,
    bool Enabled,
    DateTimeOffset ChangedAt,
    PauseSwitch? Pause,
    Quarantine? Quarantine)
{
    public static TenantView Of(Tenant tenant, TenantBreakers breakers) => new(
        tenant.Id,
        tenant.DisplayName,
        tenant.Mode,
        tenant.Cloud,
        tenant.AnchorAttribute,
        tenant.Collectors,
        tenant.Policy,
        tenant.Enabled,
        tenant.ChangedAt,
        breakers.IsPaused ? breakers.Pause : null,
        breakers.IsQuarantined ? breakers.Quarantine : null);
}
