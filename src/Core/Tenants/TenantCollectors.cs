namespace Reanchor.Tenants;

internal static class TenantCollectors
{
    /// <returns><see langword="false"/> also when the tenant is not registered.</returns>
    public static async Task<bool> ExpectsAsync(
        this ITenantStore tenants, TenantId tenant, CollectorId collector, CancellationToken cancellationToken) =>
        (await tenants.FindAsync(tenant, cancellationToken))?.Item.Collectors.Contains(collector) is true;
}
