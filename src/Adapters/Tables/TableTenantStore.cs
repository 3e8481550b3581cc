using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>One row a tenant: PartitionKey = tenant, RowKey = <c>tenant</c>.</summary>
public sealed class TableTenantStore(TableServiceClient service) : ITenantStore
{
    private const string RowKey = "tenant";
    private readonly TableClient _table = service.GetTableClient(TableNames.Tenants);

    public Task<Versioned<Tenant>?> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        JsonRow.FindAsync<Tenant>(_table, tenant.ToString(), RowKey, cancellationToken);

    public async IAsyncEnumerable<Tenant> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
        {
            yield return JsonRow.Read<Tenant>(row);
        }
    }

    public Task<bool> TryAddAsync(Tenant tenant, CancellationToken cancellationToken) =>
        JsonRow.TryAddAsync(_table, Row(tenant), cancellationToken);

    public Task<Versioned<Tenant>?> TryUpdateAsync(
        Versioned<Tenant> current, Tenant changed, CancellationToken cancellationToken) =>
        JsonRow.TryReplaceAsync(_table, Row(changed), current.Version, changed, cancellationToken);

    public async Task<bool> TryRemoveAsync(Versioned<Tenant> current, CancellationToken cancellationToken)
    {
        try
        {
            await _table.DeleteEntityAsync(
                current.Item.Id.ToString(), RowKey, new ETag(current.Version), cancellationToken);
            return true;
        }
        catch (RequestFailedException ex) when (JsonRow.IsLostRace(ex))
        {
            return false;
        }
    }

    private static TableEntity Row(Tenant tenant) => JsonRow.Of(tenant.Id.ToString(), RowKey, tenant);
}
