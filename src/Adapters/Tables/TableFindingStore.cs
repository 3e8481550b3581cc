using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>One row for each user that carries an anchor and is not synced: PartitionKey = tenant, RowKey = user id.</summary>
public sealed class TableFindingStore(TableServiceClient service) : IFindingStore
{
    private const int TransactionLimit = 100;
    private const int PointReadLimit = 10;
    private const int RequestTooLarge = 413;
    private readonly TableClient _table = service.GetTableClient(TableNames.Findings);

    public async Task<Finding?> FindAsync(TenantId tenant, Guid userId, CancellationToken cancellationToken) =>
        (await JsonRow.FindAsync<Finding>(_table, tenant.ToString(), userId.ToString("D"), cancellationToken))?.Item;

    public async Task<IReadOnlyList<Finding>> FindManyAsync(
        TenantId tenant, IReadOnlyCollection<Guid> userIds, CancellationToken cancellationToken)
    {
        var found = new List<Finding>();

        if (userIds.Count <= PointReadLimit)
        {
            foreach (var userId in userIds)
            {
                if (await FindAsync(tenant, userId, cancellationToken) is { } finding)
                {
                    found.Add(finding);
                }
            }

            return found;
        }

        // The partition holds leftovers only, so reading through it beats hundreds of point reads.
        var wanted = userIds.ToHashSet();
        var filter = TableClient.CreateQueryFilter($"PartitionKey eq {tenant.ToString()}");

        await foreach (var row in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            if (Guid.TryParse(row.RowKey, out var userId) && wanted.Contains(userId))
            {
                found.Add(JsonRow.Read<Finding>(row));
            }
        }

        return found;
    }

    public async Task SaveAsync(TenantId tenant, IReadOnlyList<Finding> findings, CancellationToken cancellationToken)
    {
        // A user may turn up on two pages while the directory changes; a transaction takes each row once.
        foreach (var batch in findings.DistinctBy(f => f.User.Id).Chunk(TransactionLimit))
        {
            await SaveBatchAsync(batch, cancellationToken);
        }
    }

    public Task<Page<Finding>> ListAsync(
        Scan scan, Classification? classification, int top, string? continuation, CancellationToken cancellationToken) =>
        JsonRow.PageAsync<Finding>(_table, Filter(scan, classification), top, continuation, cancellationToken);

    public async IAsyncEnumerable<Guid> ListCandidatesAsync(
        Scan scan, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var rows = _table.QueryAsync<TableEntity>(
            Filter(scan, Classification.Candidate), select: ["RowKey"], cancellationToken: cancellationToken);

        await foreach (var row in rows)
        {
            yield return Guid.Parse(row.RowKey);
        }
    }

    private async Task SaveBatchAsync(ArraySegment<Finding> batch, CancellationToken cancellationToken)
    {
        try
        {
            await _table.SubmitTransactionAsync(
                batch.Select(f => new TableTransactionAction(TableTransactionActionType.UpsertReplace, Row(f))),
                cancellationToken);
        }
        catch (RequestFailedException ex) when (ex.Status == RequestTooLarge && batch.Count > 1)
        {
            // Users with hundreds of addresses: a transaction takes 4 MiB.
            var half = batch.Count / 2;
            await SaveBatchAsync(batch[..half], cancellationToken);
            await SaveBatchAsync(batch[half..], cancellationToken);
        }
    }

    private static string Filter(Scan scan, Classification? classification)
    {
        var ofScan = TableClient.CreateQueryFilter(
            $"PartitionKey eq {scan.Tenant.ToString()} and Scan eq {scan.Id.ToString()} and Pass eq {scan.Rewinds}");

        return classification is null
            ? ofScan
            : $"{ofScan} and {TableClient.CreateQueryFilter($"Classification eq {classification.Value.ToString()}")}";
    }

    private static TableEntity Row(Finding finding)
    {
        var row = JsonRow.Of(finding.Tenant.ToString(), finding.User.Id.ToString("D"), finding);
        row["Scan"] = finding.Scan.ToString();
        row["Pass"] = finding.Pass;
        row["Classification"] = finding.Classification.ToString();
        return row;
    }
}
