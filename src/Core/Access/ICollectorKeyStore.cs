using Reanchor.Tenants;

namespace Reanchor.Access;

/// <summary>The keys of each collector that ever had one.</summary>
public interface ICollectorKeyStore
{
    Task<Versioned<CollectorKeys>?> FindAsync(TenantId tenant, CollectorId collector, CancellationToken cancellationToken);

    /// <summary>All of the tenant's, in the order of collectors.</summary>
    IAsyncEnumerable<Versioned<CollectorKeys>> ListAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <returns><see langword="false"/> if the collector has some already.</returns>
    Task<bool> TryAddAsync(CollectorKeys keys, CancellationToken cancellationToken);

    /// <returns>The new version, or <see langword="null"/> if someone else wrote first.</returns>
    Task<Versioned<CollectorKeys>?> TryUpdateAsync(
        Versioned<CollectorKeys> current, CollectorKeys changed, CancellationToken cancellationToken);
}
