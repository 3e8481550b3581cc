using System.Globalization;
using Reanchor.Auditing;
using Reanchor.Functions.Http;

namespace Reanchor.Functions.Auditing;

/// <summary>The trail as a spreadsheet opens it, newest first, without a limit. Cells that would be formulas are escaped.</summary>
internal static class AuditCsv
{
    private static readonly string[] Header =
    [
        "at", "type", "actorKind", "actorId", "actorName", "userId", "proposalId", "scanId", "reason", "details", "eventId", "hash",
    ];

    public static async Task WriteAsync(
        IAuditTrail audit, AuditQuery query, Stream output, CancellationToken cancellationToken)
    {
        await using var csv = SafeCsv.Create(output);
        await csv.WriteRecordAsync(Header, cancellationToken);

        await foreach (var entry in AuditPages.ReadAsync(audit, query, cancellationToken))
        {
            await csv.WriteRecordAsync(Fields(entry), cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }

    private static string[] Fields(AuditEntry entry) =>
    [
        entry.At.ToString("O", CultureInfo.InvariantCulture),
        entry.Type,
        entry.Actor.Kind.ToString(),
        entry.Actor.Id,
        entry.Actor.Name,
        entry.UserId?.ToString("D") ?? "",
        entry.Proposal?.ToString() ?? "",
        entry.Scan?.ToString() ?? "",
        entry.Reason ?? "",
        entry.Details.GetRawText(),
        entry.Id,
        entry.Hash,
    ];
}
