using Reanchor.Tenants;

namespace Reanchor.Functions.Tenants;

/// <summary>A tenant as callers see it.</summary>
public sealed record TenantView(
    TenantId TenantId,
    string DisplayName,
    TenantMode Mode,
    Cloud Cloud,
    AnchorAttribute AnchorAttribute,
    IReadOnlyList<CollectorId> Collectors,
    TenantPolicy Policy,
    bool Enabled,
    DateTimeOffset ChangedAt)
{
    public static TenantView Of(Tenant tenant) => new(
        tenant.Id,
        tenant.DisplayName,
        tenant.Mode,
        tenant.Cloud,
        tenant.AnchorAttribute,
        tenant.Collectors,
        tenant.Policy,
        tenant.Enabled,
        tenant.ChangedAt);
}
