using System.Globalization;
using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using Reanchor.Auditing;
using Reanchor.Telemetry;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>
/// Only ever adds rows. PartitionKey = tenant and month, RowKey = time and event id, both counted down, so that a query in key
/// order reads newest first. An event told twice has the same key and stays one row.
/// </summary>
public sealed class TableAuditTrail(TableServiceClient service, AuditStamp stamp) : IAuditTrail
{
    private readonly TableClient _table = service.GetTableClient(TableNames.Audit);

    public async Task AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        if (await JsonRow.AddOnceAsync(_table, AuditRowFormat.Write(stamp.Put(AuditEntry.Of(auditEvent))), cancellationToken))
        {
            Metrics.Recorded(auditEvent);
        }
    }

    public Task<Page<AuditEntry>> ListAsync(
        AuditQuery query, int top, string? continuation, CancellationToken cancellationToken) =>
        JsonRow.PageAsync(_table, Filter(query), top, continuation, row => AuditRowFormat.Read(row, query.Tenant), cancellationToken);

    public async IAsyncEnumerable<AuditRow> ReadAsync(
        TenantId tenant, DateTimeOffset? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in _table.QueryAsync<TableEntity>(Filter(new(tenant, from)), cancellationToken: cancellationToken))
        {
            yield return AuditRowFormat.Check(row, tenant);
        }
    }

    public async IAsyncEnumerable<TenantId> ListTenantsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? after = "";

        while (after is not null)
        {
            // One small question for each tenant: the first row behind all those of the tenant before.
            var filter = TableClient.CreateQueryFilter($"PartitionKey gt {after}");
            var first = await _table.QueryAsync<TableEntity>(filter, 1, ["PartitionKey"], cancellationToken)
                .FirstOrDefaultAsync(cancellationToken);
            var name = first?.PartitionKey.Split('|')[0];
            after = name is null ? null : $"{name}|~";

            if (Guid.TryParseExact(name, "D", out var id))
            {
                yield return new(id);
            }
        }
    }

    private static string Filter(AuditQuery query)
    {
        // The newest allowed row has the smallest key. A key without an id sorts before every id of its instant.
        var first = query.To is { } to ? AuditRowFormat.PartitionKey(query.Tenant, to) : $"{query.Tenant}|";
        var last = query.From is { } from ? AuditRowFormat.PartitionKey(query.Tenant, from) : $"{query.Tenant}|~";
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey le {last}");

        if (query.To is not null)
        {
            filter += " and " + TableClient.CreateQueryFilter($"RowKey ge {AuditRowFormat.RowKey(query.To.Value.UtcTicks - 1, "")}");
        }

        if (query.From is not null)
        {
            filter += " and " + TableClient.CreateQueryFilter($"RowKey lt {AuditRowFormat.RowKey(query.From.Value.UtcTicks - 1, "")}");
        }

        if (query.UserId is not null)
        {
            filter += " and " + TableClient.CreateQueryFilter($"UserId eq {query.UserId.Value.ToString("D")}");
        }

        if (query.Type is not null)
        {
            filter += " and " + TableClient.CreateQueryFilter($"Type eq {query.Type}");
        }

        if (query.ActorId is not null)
        {
            filter += " and " + TableClient.CreateQueryFilter($"ActorId eq {query.ActorId}");
        }

        return filter;
    }
}
