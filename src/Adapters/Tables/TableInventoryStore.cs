using Azure.Data.Tables;
using Reanchor.Inventories;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>The inventory in force of each collector: PartitionKey = tenant, RowKey = collector.</summary>
public sealed class TableInventoryStore(TableServiceClient service) : IInventoryStore
{
    private readonly TableClient _table = service.GetTableClient(TableNames.Inventories);

    public async Task<IReadOnlyList<Versioned<InventoryRecord>>> ListAsync(
        TenantId tenant, CancellationToken cancellationToken)
    {
        var records = new List<Versioned<InventoryRecord>>();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {tenant.ToString()}");

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
}
