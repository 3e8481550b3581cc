namespace Reanchor.Tenants;

/// <summary>The tenants that are registered, and those that were.</summary>
public interface ITenantStore : IStateStore<Tenant>
{
    /// <returns><see langword="null"/> unless it is registered.</returns>
    Task<Versioned<Tenant>?> FindAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <returns><see langword="null"/> unless it is registered, or was.</returns>
    Task<Versioned<Tenant>?> FindEvenRemovedAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>All that are registered, in the order of their ids.</summary>
    IAsyncEnumerable<Tenant> ListAsync(CancellationToken cancellationToken);

    /// <summary>All that are registered, or were, in the order of their ids.</summary>
    IAsyncEnumerable<Tenant> ListEvenRemovedAsync(CancellationToken cancellationToken);
}
