using System.Globalization;
using Azure;
using Azure.Data.Tables;
using Reanchor.Inventories;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>
/// PartitionKey = tenant. RowKey = collector for its inventory in force; <c>!refused|</c>, collector and time counted down for each
/// refusal, which sorts before every collector.
/// </summary>
public sealed class TableInventoryStore(TableServiceClient service) : IInventoryStore
{
    private readonly TableClient _table = service.GetTableClient(TableNames.Inventories);

    public async Task<IReadOnlyList<Versioned<InventoryRecord>>> ListAsync(
        TenantId tenant, CancellationToken cancellationToken)
    {
        var records = new List<Versioned<InventoryRecord>>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {tenant.ToString()} and RowKey ge {"0"}");

        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            records.Add(JsonRow.ReadVersioned<InventoryRecord>(row));
        }

        return records;
    }

    public async Task<bool> TryReplaceAsync(
        Versioned<InventoryRecord>? current, InventoryRecord record, CancellationToken cancellationToken)
    {
        var row = JsonRow.Of(record.Tenant.ToString(), record.Collector.ToString(), record);

        return current is null
            ? await JsonRow.TryAddAsync(_table, row, cancellationToken)
            : await JsonRow.TryReplaceAsync(_table, row, current.Version, record, cancellationToken) is not null;
    }

    public async Task AddRefusalAsync(RefusedInventory refused, CancellationToken cancellationToken)
    {
        var key = string.Create(
            CultureInfo.InvariantCulture,
            $"{Prefix(refused.Collector)}{DateTime.MaxValue.Ticks - refused.ReceivedAt.UtcTicks:d19}");

        await JsonRow.AddOnceAsync(_table, JsonRow.Of(refused.Tenant.ToString(), key, refused), cancellationToken);
        var kept = 0;

        await foreach (var row in RefusalsOf(refused.Tenant, refused.Collector, select: ["RowKey"], cancellationToken))
        {
            if (++kept > IInventoryStore.RefusalsKept)
            {
                await _table.DeleteEntityAsync(refused.Tenant.ToString(), row.RowKey, cancellationToken: cancellationToken);
            }
        }
    }

    public async Task<IReadOnlyList<RefusedInventory>> ListRefusalsAsync(
        TenantId tenant, CollectorId collector, int top, CancellationToken cancellationToken) =>
        await RefusalsOf(tenant, collector, select: null, cancellationToken)
            .Take(top)
            .Select(JsonRow.Read<RefusedInventory>)
            .ToListAsync(cancellationToken);

    private AsyncPageable<TableEntity> RefusalsOf(
        TenantId tenant, CollectorId collector, IEnumerable<string>? select, CancellationToken cancellationToken) =>
        _table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter(
                $"PartitionKey eq {tenant.ToString()} and RowKey gt {Prefix(collector)} and RowKey lt {Prefix(collector) + "~"}"),
            select: select,
            cancellationToken: cancellationToken);

    private static string Prefix(CollectorId collector) => $"!refused|{collector}|";
}
