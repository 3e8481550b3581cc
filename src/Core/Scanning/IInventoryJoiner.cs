using Reanchor.Inventories;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

public interface IInventoryJoiner
{
    /// <param name="users">The join answers for these at least.</param>
    /// <returns>Unknown when the inventories do not cover the tenant, or one is damaged: then none of them proves anything.</returns>
    Task<Reading<InventoryJoin>> JoinAsync(
        Tenant tenant, InventoryCoverage coverage, IReadOnlyList<CloudUser> users, CancellationToken cancellationToken);
}
