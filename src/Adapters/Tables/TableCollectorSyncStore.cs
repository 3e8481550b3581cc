using Azure.Data.Tables;
using Reanchor.Syncing;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>Beside the inventories: PartitionKey = tenant, RowKey = <c>!sync|</c> and collector.</summary>
public sealed class TableCollectorSyncStore(TableServiceClient service) : ICollectorSyncStore
{
    private readonly TableClient _table = service.GetTableClient(TableNames.Inventories);

    public async Task<CollectorSync?> FindAsync(
        TenantId tenant, CollectorId collector, CancellationToken cancellationToken) =>
        (await JsonRow.FindAsync<CollectorSync>(_table, tenant.ToString(), RowKey(collector), cancellationToken))?.Item;

    public Task SaveAsync(CollectorSync sync, CancellationToken cancellationToken) =>
        _table.UpsertEntityAsync(
            JsonRow.Of(sync.Tenant.ToString(), RowKey(sync.Collector), sync), TableUpdateMode.Replace, cancellationToken);

    private static string RowKey(CollectorId collector) => $"!sync|{collector}";
}
