namespace Reanchor.GraphSimulator;

/// <summary>A tenant as the control routes list it.</summary>
internal sealed record TenantView(
    Guid TenantId,
    string DisplayName,
    string InitialDomain,
    bool? OnPremisesSyncEnabled,
    DateTimeOffset? OnPremisesLastSyncDateTime,
    bool SyncServerRunning,
    string AnchorAttribute,
    int Users,
    int DeletedUsers,
    IReadOnlyList<string> Forests)
{
    public static TenantView Of(SimulatedTenant tenant) => new(
        tenant.Id,
        tenant.DisplayName,
        tenant.InitialDomain,
        tenant.OnPremisesSyncEnabled,
        tenant.OnPremisesLastSyncDateTime,
        tenant.Settings.SyncServerRunning,
        tenant.Settings.AnchorAttribute,
        tenant.UserCount,
        tenant.DeletedUsers.Count,
        [.. tenant.Forests.Select(forest => forest.Name)]);
}
