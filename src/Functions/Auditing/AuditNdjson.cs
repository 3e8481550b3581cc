using System.Text.Json;
using Reanchor.Auditing;
using Reanchor.Json;

namespace Reanchor.Functions.Auditing;

/// <summary>The trail for another program: one event a line, newest first, without a limit.</summary>
internal static class AuditNdjson
{
    public static async Task WriteAsync(
        IAuditTrail audit, AuditQuery query, Stream output, CancellationToken cancellationToken)
    {
        await foreach (var entry in AuditPages.ReadAsync(audit, query, cancellationToken))
        {
            await JsonSerializer.SerializeAsync(output, AuditView.Of(entry), ReanchorJson.Options, cancellationToken);
            await output.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }
    }
}
