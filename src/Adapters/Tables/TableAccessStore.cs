using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Reanchor.Access;

namespace Reanchor.Adapters.Tables;

/// <summary>One partition, for every sign-in reads all of it: PartitionKey = <c>access</c>, RowKey = object id.</summary>
public sealed class TableAccessStore(TableServiceClient service) : IAccessStore
{
    private const string PartitionKey = "access";
    private readonly TableClient _table = service.GetTableClient(TableNames.Access);

    public Task<Versioned<AccessGrant>?> FindAsync(Guid principalId, CancellationToken cancellationToken) =>
        JsonRow.FindAsync<AccessGrant>(_table, PartitionKey, principalId.ToString("D"), cancellationToken);

    public async IAsyncEnumerable<Versioned<AccessGrant>> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {PartitionKey}");

        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return JsonRow.ReadVersioned<AccessGrant>(row);
        }
    }

    public Task<bool> TryAddAsync(AccessGrant added, CancellationToken cancellationToken) =>
        JsonRow.TryAddAsync(_table, Row(added), cancellationToken);

    public Task<Versioned<AccessGrant>?> TryUpdateAsync(
        Versioned<AccessGrant> current, AccessGrant changed, CancellationToken cancellationToken) =>
        JsonRow.TryReplaceAsync(_table, Row(changed), current.Version, changed, cancellationToken);

    private static TableEntity Row(AccessGrant grant) => JsonRow.Of(PartitionKey, grant.PrincipalId.ToString("D"), grant);
}
