using Reanchor.Inventories;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryInventoryStore : IInventoryStore
{
    private readonly Rows<InventoryRecord> _rows = new();

    public Task<IReadOnlyList<Versioned<InventoryRecord>>> ListAsync(TenantId tenant, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Versioned<InventoryRecord>>>([.. _rows.List($"{tenant}|").Select(r => r.Value)]);

    public Task<bool> TryReplaceAsync(
        Versioned<InventoryRecord>? current, InventoryRecord record, CancellationToken cancellationToken)
    {
        var key = $"{record.Tenant}|{record.Collector}";
        return Task.FromResult(current is null
            ? _rows.TryAdd(key, record)
            : _rows.TryReplace(key, current.Version, record) is not null);
    }
}
