using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Reanchor.Approvals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>PartitionKey = tenant, RowKey = scan id.</summary>
public sealed class TableBatchStore(TableServiceClient service) : IBatchStore
{
    private readonly TableClient _table = service.GetTableClient(TableNames.Batches);

    public Task<Versioned<ApprovalBatch>?> FindAsync(TenantId tenant, ScanId scan, CancellationToken cancellationToken) =>
        JsonRow.FindAsync<ApprovalBatch>(_table, tenant.ToString(), scan.ToString(), cancellationToken);

    public async IAsyncEnumerable<ApprovalBatch> ListOpenAsync(
        TenantId tenant, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {tenant.ToString()} and Open eq {true}");

        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            yield return JsonRow.Read<ApprovalBatch>(row);
        }
    }

    public Task<bool> TryAddAsync(ApprovalBatch batch, CancellationToken cancellationToken) =>
        JsonRow.TryAddAsync(_table, Row(batch), cancellationToken);

    public Task<Versioned<ApprovalBatch>?> TryUpdateAsync(
        Versioned<ApprovalBatch> current, ApprovalBatch changed, CancellationToken cancellationToken) =>
        JsonRow.TryReplaceAsync(_table, Row(changed), current.Version, changed, cancellationToken);

    private static TableEntity Row(ApprovalBatch batch)
    {
        var row = JsonRow.Of(batch.Tenant.ToString(), batch.Scan.ToString(), batch);
        row["Open"] = batch.IsOpen;
        return row;
    }
}
