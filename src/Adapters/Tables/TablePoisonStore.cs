using Azure.Data.Tables;
using Reanchor.Poison;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>PartitionKey = tenant, RowKey = item id.</summary>
public sealed class TablePoisonStore(TableServiceClient service) : IPoisonStore
{
    private readonly TableClient _table = service.GetTableClient(TableNames.Poison);

    public Task<Versioned<PoisonItem>?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken) =>
        JsonRow.FindAsync<PoisonItem>(_table, tenant.ToString(), id, cancellationToken);

    public Task<Page<PoisonItem>> ListAsync(
        TenantId tenant, PoisonStatus? status, int top, string? continuation, CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {tenant.ToString()}");

        return JsonRow.PageAsync<PoisonItem>(
            _table,
            status is null ? filter : filter + " and " + TableClient.CreateQueryFilter($"Status eq {status.Value.ToString()}"),
            top,
            continuation,
            cancellationToken);
    }

    public Task<bool> TryAddAsync(PoisonItem item, CancellationToken cancellationToken) =>
        JsonRow.TryAddAsync(_table, Row(item), cancellationToken);

    public Task<Versioned<PoisonItem>?> TryUpdateAsync(
        Versioned<PoisonItem> current, PoisonItem changed, CancellationToken cancellationToken) =>
        JsonRow.TryReplaceAsync(_table, Row(changed), current.Version, changed, cancellationToken);

    private static TableEntity Row(PoisonItem item)
    {
        var row = JsonRow.Of(item.Tenant.ToString(), item.Id, item);
        row["Status"] = item.Status.ToString();
        return row;
    }
}
