using Reanchor.Tenants;

namespace Reanchor.Access;

/// <summary>The keys of each collector that ever had one.</summary>
public interface ICollectorKeyStore : IStateStore<CollectorKeys>
{
    Task<Versioned<CollectorKeys>?> FindAsync(TenantId tenant, CollectorId collector, CancellationToken cancellationToken);

    /// <summary>All of the tenant's, in the order of collectors.</summary>
    IAsyncEnumerable<Versioned<CollectorKeys>> ListAsync(TenantId tenant, CancellationToken cancellationToken);
}
