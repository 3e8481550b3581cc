using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Reanchor.Access;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>PartitionKey = tenant, RowKey = collector.</summary>
public sealed class TableCollectorKeyStore(TableServiceClient service) : ICollectorKeyStore
{
    private readonly TableClient _table = service.GetTableClient(TableNames.CollectorKeys);

    public Task<Versioned<CollectorKeys>?> FindAsync(
        TenantId tenant, CollectorId collector, CancellationToken cancellationToken) =>
        JsonRow.FindAsync<CollectorKeys>(_table, tenant.ToString(), collector.Value, cancellationToken);

    public async IAsyncEnumerable<Versioned<CollectorKeys>> ListAsync(
        TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {tenant.ToString()}");

        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return JsonRow.ReadVersioned<CollectorKeys>(row);
        }
    }

    public Task<bool> TryAddAsync(CollectorKeys added, CancellationToken cancellationToken) =>
        JsonRow.TryAddAsync(_table, Row(added), cancellationToken);

    public Task<Versioned<CollectorKeys>?> TryUpdateAsync(
        Versioned<CollectorKeys> current, CollectorKeys changed, CancellationToken cancellationToken) =>
        JsonRow.TryReplaceAsync(_table, Row(changed), current.Version, changed, cancellationToken);

    private static TableEntity Row(CollectorKeys keys) => JsonRow.Of(keys.Tenant.ToString(), keys.Collector.Value, keys);
}
