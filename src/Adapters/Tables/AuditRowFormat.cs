using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Tables;

/// <summary>How an event lies in its table, and whether a row that is found there is what Reanchor would have written.</summary>
internal static class AuditRowFormat
{
    private const int TicksLength = 19;
    private const int IdLength = 32;

    public static TableEntity Write(AuditEntry entry)
    {
        var row = JsonRow.Of(PartitionKey(entry.Tenant, entry.At), RowKey(entry.At.UtcTicks, entry.Id), entry);
        row["Type"] = entry.Type;
        row["UserId"] = entry.UserId?.ToString("D");
        row["ActorId"] = entry.Actor.Id;
        return row;
    }

    public static AuditRow Check(TableEntity row, TenantId tenant)
    {
        var key = KeyOf(row, tenant);
        var entry = key is null ? null : TryRead(row);
        return new($"{row.PartitionKey}/{row.RowKey}", key, entry is not null && IsWritten(row, Write(entry)) ? entry : null);
    }

    /// <summary>The event; or, for a row that somebody spoilt, an entry that says so, because a list that stops there would hide the rest.</summary>
    public static AuditEntry Read(TableEntity row, TenantId tenant) => TryRead(row) ?? new()
    {
        Id = row.RowKey,
        Type = AuditEntry.Unreadable,
        At = KeyOf(row, tenant)?.At ?? row.Timestamp ?? default,
        Actor = Actor.System,
        Tenant = tenant,
        Reason = "Reanchor did not write this row as it is now. The route audit/verify names what was changed.",
        Details = JsonSerializer.SerializeToElement(new { }),
    };

    public static string PartitionKey(TenantId tenant, DateTimeOffset at)
    {
        var utc = at.UtcDateTime;
        return string.Create(CultureInfo.InvariantCulture, $"{tenant}|{((9999 - utc.Year) * 100) + 12 - utc.Month:d6}");
    }

    // In ticks, because a bound may lie one tick before the first instant there is.
    public static string RowKey(long utcTicks, string id) =>
        string.Create(CultureInfo.InvariantCulture, $"{DateTime.MaxValue.Ticks - utcTicks:d19}-{id}");

    private static EventKey? KeyOf(TableEntity row, TenantId tenant)
    {
        var rowKey = row.RowKey;

        if (rowKey.Length != TicksLength + 1 + IdLength
            || !long.TryParse(rowKey.AsSpan(0, TicksLength), NumberStyles.None, CultureInfo.InvariantCulture, out var inverted)
            || inverted > DateTime.MaxValue.Ticks)
        {
            return null;
        }

        var at = new DateTimeOffset(DateTime.MaxValue.Ticks - inverted, TimeSpan.Zero);
        var id = rowKey[(TicksLength + 1)..];
        return row.PartitionKey == PartitionKey(tenant, at) && rowKey == RowKey(at.UtcTicks, id) ? new(at, id) : null;
    }

    private static AuditEntry? TryRead(TableEntity row)
    {
        try
        {
            return JsonRow.Read<AuditEntry>(row) is { Id: not null, Type: not null, Actor: not null } entry ? entry : null;
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException or InvalidDataException)
        {
            // Not what Reanchor writes; that is the answer.
            return null;
        }
    }

    /// <summary>Whether keys and columns, which lists are filtered on, say what the event says, and nothing more.</summary>
    private static bool IsWritten(TableEntity found, TableEntity written) =>
        Columns(found).SequenceEqual(Columns(written));

    private static IEnumerable<(string, object)> Columns(TableEntity row) => row
        .Where(column => column.Value is not null && column.Key != "Timestamp" && !column.Key.StartsWith("odata.", StringComparison.Ordinal))
        .OrderBy(column => column.Key, StringComparer.Ordinal)
        .Select(column => (column.Key, column.Value));
}
