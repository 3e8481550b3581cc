namespace Reanchor.Tenants;

public interface ITenantStore
{
    Task<Versioned<Tenant>?> FindAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>All tenants, in the order of their ids.</summary>
    IAsyncEnumerable<Tenant> ListAsync(CancellationToken cancellationToken);

    /// <returns><see langword="false"/> if the tenant is registered already.</returns>
    Task<bool> TryAddAsync(Tenant tenant, CancellationToken cancellationToken);

    /// <returns>The new version, or <see langword="null"/> if someone else wrote first.</returns>
    Task<Versioned<Tenant>?> TryUpdateAsync(
        Versioned<Tenant> current, Tenant changed, CancellationToken cancellationToken);

    /// <returns><see langword="false"/> if someone else wrote first.</returns>
    Task<bool> TryRemoveAsync(Versioned<Tenant> current, CancellationToken cancellationToken);
}
