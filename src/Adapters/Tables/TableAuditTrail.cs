using System.Globalization;
using Azure.Data.Tables;
using Reanchor.Auditing;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>
/// Only ever adds rows. PartitionKey = tenant and month, RowKey = time and event id, both counted down, so that a query in key
/// order reads newest first. An event told twice has the same key and stays one row.
/// </summary>
public sealed class TableAuditTrail(TableServiceClient service) : IAuditTrail
{
    private readonly TableClient _table = service.GetTableClient(TableNames.Audit);

    public Task AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        var entry = AuditEntry.Of(auditEvent);
        var row = JsonRow.Of(PartitionKey(entry.Tenant, entry.At), RowKey(entry.At.UtcTicks, entry.Id), entry);
        row["Type"] = entry.Type;
        row["UserId"] = entry.UserId?.ToString("D");
        return JsonRow.TryAddAsync(_table, row, cancellationToken);
    }

    public Task<Page<AuditEntry>> ListAsync(
        AuditQuery query, int top, string? continuation, CancellationToken cancellationToken)
    {
        // The newest allowed row has the smallest key. A key without an id sorts before every id of its instant.
        var first = query.To is { } to ? PartitionKey(query.Tenant, to) : $"{query.Tenant}|";
        var last = query.From is { } from ? PartitionKey(query.Tenant, from) : $"{query.Tenant}|~";
        var filter = TableClient.CreateQueryFilter($"PartitionKey ge {first} and PartitionKey le {last}");

        if (query.To is not null)
        {
            filter += " and " + TableClient.CreateQueryFilter($"RowKey ge {RowKey(query.To.Value.UtcTicks - 1, "")}");
        }

        if (query.From is not null)
        {
            filter += " and " + TableClient.CreateQueryFilter($"RowKey lt {RowKey(query.From.Value.UtcTicks - 1, "")}");
        }

        if (query.UserId is not null)
        {
            filter += " and " + TableClient.CreateQueryFilter($"UserId eq {query.UserId.Value.ToString("D")}");
        }

        return JsonRow.PageAsync<AuditEntry>(_table, filter, top, continuation, cancellationToken);
    }

    private static string PartitionKey(TenantId tenant, DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        return string.Create(CultureInfo.InvariantCulture, $"{tenant}|{((9999 - utc.Year) * 100) + 12 - utc.Month:d6}");
    }

    // In ticks, because a bound may lie one tick before the first instant there is.
    private static string RowKey(long utcTicks, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTime.MaxValue.Ticks - utcTicks:d19}-{id}");
}
