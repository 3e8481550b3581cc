using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>One row a tenant, registered or removed: PartitionKey = tenant, RowKey = <c>tenant</c>.</summary>
public sealed class TableTenantStore(TableServiceClient service) : ITenantStore
{
    private const string RowKey = "tenant";
    private readonly TableClient _table = service.GetTableClient(TableNames.Tenants);

    public async Task<Versioned<Tenant>?> FindAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await FindEvenRemovedAsync(tenant, cancellationToken) is { Item.IsRemoved: false } found ? found : null;

    public Task<Versioned<Tenant>?> FindEvenRemovedAsync(TenantId tenant, CancellationToken cancellationToken) =>
        JsonRow.FindAsync<Tenant>(_table, tenant.ToString(), RowKey, cancellationToken);

    public IAsyncEnumerable<Tenant> ListAsync(CancellationToken cancellationToken) =>
        ListEvenRemovedAsync(cancellationToken).Where(tenant => !tenant.IsRemoved);

    public async IAsyncEnumerable<Tenant> ListEvenRemovedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync<TableEntity>(cancellationToken: cancellationToken))
        {
            yield return JsonRow.Read<Tenant>(row);
        }
    }

    public Task<bool> TryAddAsync(Tenant added, CancellationToken cancellationToken) =>
        JsonRow.TryAddAsync(_table, Row(added), cancellationToken);

    public Task<Versioned<Tenant>?> TryUpdateAsync(
        Versioned<Tenant> current, Tenant changed, CancellationToken cancellationToken) =>
        JsonRow.TryReplaceAsync(_table, Row(changed), current.Version, changed, cancellationToken);

    private static TableEntity Row(Tenant tenant) => JsonRow.Of(tenant.Id.ToString(), RowKey, tenant);
}
