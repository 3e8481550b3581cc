using Reanchor.Tenants;

namespace Reanchor.Inventories;

/// <summary>The inventories in force, at most one for each collector of a tenant, and the latest uploads that were refused.</summary>
public interface IInventoryStore
{
    /// <summary>How many refusals of a collector are kept; older ones are in the audit trail.</summary>
    const int RefusalsKept = 20;

    Task<IReadOnlyList<Versioned<InventoryRecord>>> ListAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Puts an inventory in force in place of <paramref name="current"/>, the one it was judged against.</summary>
    /// <param name="current"><see langword="null"/> when the collector has none yet.</param>
    /// <returns><see langword="false"/> if another one came into force meanwhile.</returns>
    Task<bool> TryReplaceAsync(
        Versioned<InventoryRecord>? current, InventoryRecord record, CancellationToken cancellationToken);

    /// <summary>Keeps a refusal, and forgets the collector's oldest ones beyond <see cref="RefusalsKept"/>.</summary>
    Task AddRefusalAsync(RefusedInventory refused, CancellationToken cancellationToken);

    /// <summary>A collector's refusals, newest first.</summary>
    Task<IReadOnlyList<RefusedInventory>> ListRefusalsAsync(
        TenantId tenant, CollectorId collector, int top, CancellationToken cancellationToken);
}
