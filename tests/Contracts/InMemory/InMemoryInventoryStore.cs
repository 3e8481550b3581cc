using Reanchor.Inventories;
using Reanchor.Tenants;

namespace Reanchor.Contracts.InMemory;

public sealed class InMemoryInventoryStore : IInventoryStore
{
    private readonly Rows<InventoryRecord> _rows = new();
    private readonly Rows<RefusedInventory> _refusals = new();

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

    public Task AddRefusalAsync(RefusedInventory refused, CancellationToken cancellationToken)
    {
        var prefix = $"{refused.Tenant}|{refused.Collector}|";
        _refusals.TryAdd($"{prefix}{DateTime.MaxValue.Ticks - refused.ReceivedAt.UtcTicks:d19}", refused);

        foreach (var (key, old) in _refusals.List(prefix).Skip(IInventoryStore.RefusalsKept))
        {
            _refusals.TryRemove(key, old.Version);
        }

        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<RefusedInventory>> ListRefusalsAsync(
        TenantId tenant, CollectorId collector, int top, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RefusedInventory>>(
            [.. _refusals.List($"{tenant}|{collector}|").Take(top).Select(r => r.Value.Item)]);
}
