using Reanchor.Tenants;

namespace Reanchor.Inventories;

/// <summary>The inventories in force: at most one for each collector of a tenant.</summary>
public interface IInventoryStore
{
    Task<IReadOnlyList<Versioned<InventoryRecord>>> ListAsync(TenantId tenant, CancellationToken cancellationToken);

    /// <summary>Puts an inventory in force in place of <paramref name="current"/>, the one it was judged against.</summary>
    /// <param name="current"><see langword="null"/> when the collector has none yet.</param>
    /// <returns><see langword="false"/> if another one came into force meanwhile.</returns>
    Task<bool> TryReplaceAsync(
        Versioned<InventoryRecord>? current, InventoryRecord record, CancellationToken cancellationToken);
}
