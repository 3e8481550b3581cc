using Reanchor.Tenants;

namespace Reanchor.Syncing;

/// <summary>One row for each collector that was ever asked for a sync, or reported one.</summary>
public interface ICollectorSyncStore
{
    Task<CollectorSync?> FindAsync(TenantId tenant, CollectorId collector, CancellationToken cancellationToken);

    /// <summary>Replaces what was there: a collector speaks for itself alone.</summary>
    Task SaveAsync(CollectorSync sync, CancellationToken cancellationToken);
}
