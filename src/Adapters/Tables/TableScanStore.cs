using System.Security.Cryptography;
using System.Text;
using Azure;
using Azure.Data.Tables;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>
/// PartitionKey = tenant. RowKey = scan id for scans; <c>!latest</c> points at the newest one, and <c>!key-...</c> remembers an
/// idempotency key. All three are written in one transaction, so two starts at the same instant cannot both win.
/// </summary>
public sealed class TableScanStore(TableServiceClient service) : IScanStore
{
    private const string LatestKey = "!latest";
    private const string ScanColumn = "Scan";
    private readonly TableClient _table = service.GetTableClient(TableNames.Scans);

    public Task<Versioned<Scan>?> FindAsync(TenantId tenant, ScanId scan, CancellationToken cancellationToken) =>
        JsonRow.FindAsync<Scan>(_table, tenant.ToString(), scan.ToString(), cancellationToken);

    public async Task<Scan?> FindLatestAsync(TenantId tenant, CancellationToken cancellationToken) =>
        (await FollowAsync(tenant, LatestKey, cancellationToken)).Scan;

    public Task<Page<Scan>> ListAsync(
        TenantId tenant, int top, string? continuation, CancellationToken cancellationToken) =>
        JsonRow.PageAsync<Scan>(
            _table,
            TableClient.CreateQueryFilter($"PartitionKey eq {tenant.ToString()} and RowKey ge {"0"}"),
            top,
            continuation,
            cancellationToken);

    public async Task<ScanStart> TryStartAsync(Scan scan, string? idempotencyKey, CancellationToken cancellationToken)
    {
        var keyRow = idempotencyKey is null ? null : "!key-" + Hash(idempotencyKey);

        while (true)
        {
            // The latest scan first: whoever reads it as open finds the key that started it too, for both are one transaction.
            var latest = await FollowAsync(scan.Tenant, LatestKey, cancellationToken);

            if (keyRow is not null && (await FollowAsync(scan.Tenant, keyRow, cancellationToken)).Scan is { } before)
            {
                return new(ScanStartOutcome.StartedBefore, before);
            }

            if (latest.Scan is { HasEnded: false } running)
            {
                return new(ScanStartOutcome.AlreadyRunning, running);
            }

            if (await TryCommitAsync(scan, latest.Pointer, keyRow, cancellationToken))
            {
                return new(ScanStartOutcome.Started, scan);
            }
        }
    }

    public async Task<bool> TryReopenAsync(Versioned<Scan> ended, Scan reopened, CancellationToken cancellationToken)
    {
        var latest = await FollowAsync(reopened.Tenant, LatestKey, cancellationToken);

        // The pointer is written too, unchanged: a start at the same instant then loses its race, and finds this scan open.
        var row = Row(reopened);
        return latest.Scan?.Id == reopened.Id
            && await TryCommitAsync(
                row,
                [
                    new(TableTransactionActionType.UpdateReplace, row, new ETag(ended.Version)),
                    new(TableTransactionActionType.UpdateReplace, Pointer(reopened, LatestKey), latest.Pointer!.ETag),
                ],
                cancellationToken);
    }

    public Task<Versioned<Scan>?> TryUpdateAsync(
        Versioned<Scan> current, Scan changed, CancellationToken cancellationToken) =>
        JsonRow.TryReplaceAsync(_table, Row(changed), current.Version, changed, cancellationToken);

    private Task<bool> TryCommitAsync(
        Scan scan, TableEntity? latest, string? keyRow, CancellationToken cancellationToken)
    {
        var pointer = Pointer(scan, LatestKey);
        var row = Row(scan);
        List<TableTransactionAction> actions =
        [
            new(TableTransactionActionType.Add, row),
            latest is null
                ? new(TableTransactionActionType.Add, pointer)
                : new(TableTransactionActionType.UpdateReplace, pointer, latest.ETag),
        ];

        if (keyRow is not null)
        {
            actions.Add(new(TableTransactionActionType.Add, Pointer(scan, keyRow)));
        }

        return TryCommitAsync(row, actions, cancellationToken);
    }

    /// <param name="row">The scan's, among the actions: by it this write is known again when its answer is lost.</param>
    private async Task<bool> TryCommitAsync(
        TableEntity row, IReadOnlyList<TableTransactionAction> actions, CancellationToken cancellationToken)
    {
        JsonRow.Mark(row);

        try
        {
            await _table.SubmitTransactionAsync(actions, cancellationToken);
            return true;
        }
        catch (TableTransactionFailedException ex) when (JsonRow.IsLostRace(ex))
        {
            return await JsonRow.FindOwnAsync(_table, row, cancellationToken) is not null;
        }
    }

    private async Task<(TableEntity? Pointer, Scan? Scan)> FollowAsync(
        TenantId tenant, string rowKey, CancellationToken cancellationToken)
    {
        var pointer = await _table.GetEntityIfExistsAsync<TableEntity>(
            tenant.ToString(), rowKey, cancellationToken: cancellationToken);

        if (pointer is not { HasValue: true, Value: { } row })
        {
            return default;
        }

        var scan = await JsonRow.FindAsync<Scan>(
            _table, tenant.ToString(), row.GetString(ScanColumn), cancellationToken);
        return (row, scan?.Item);
    }

    private static TableEntity Row(Scan scan) => JsonRow.Of(scan.Tenant.ToString(), scan.Id.ToString(), scan);

    private static TableEntity Pointer(Scan scan, string rowKey) =>
        new(scan.Tenant.ToString(), rowKey) { [ScanColumn] = scan.Id.ToString() };

    private static string Hash(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
