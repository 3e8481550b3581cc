using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Reanchor.Exceptions;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>PartitionKey = tenant, RowKey = user id.</summary>
public sealed class TableExceptionStore(TableServiceClient service) : IExceptionStore
{
    private readonly TableClient _table = service.GetTableClient(TableNames.Exceptions);

    public Task<Versioned<ExceptedUser>?> FindAsync(TenantId tenant, Guid userId, CancellationToken cancellationToken) =>
        JsonRow.FindAsync<ExceptedUser>(_table, tenant.ToString(), userId.ToString("D"), cancellationToken);

    public async IAsyncEnumerable<Versioned<ExceptedUser>> ListAsync(
        TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {tenant.ToString()}");

        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return JsonRow.ReadVersioned<ExceptedUser>(row);
        }
    }

    public Task<bool> TryAddAsync(ExceptedUser added, CancellationToken cancellationToken) =>
        JsonRow.TryAddAsync(_table, Row(added), cancellationToken);

    public Task<Versioned<ExceptedUser>?> TryUpdateAsync(
        Versioned<ExceptedUser> current, ExceptedUser changed, CancellationToken cancellationToken) =>
        JsonRow.TryReplaceAsync(_table, Row(changed), current.Version, changed, cancellationToken);

    private static TableEntity Row(ExceptedUser exception) =>
        JsonRow.Of(exception.Tenant.ToString(), exception.UserId.ToString("D"), exception);
}
