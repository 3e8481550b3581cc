using System.Text.Json;
using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Maintenance;

/// <summary>Makes a message that a queue gave up on visible: an audit event, an alert, and a failed scan if it was one.</summary>
public sealed class RecordPoisonHandler(
    IScanStore scans, ScanConclusion conclusion, IAuditTrail audit, TimeProvider clock, ILogger<RecordPoisonHandler> logger)
{
    /// <param name="queue">The queue that gave up, without the poison suffix.</param>
    /// <param name="message">The message as it was; it need not be one of ours.</param>
    public async Task HandleAsync(string queue, string message, CancellationToken cancellationToken)
    {
        var ids = ReadIds(message);

        // What names no tenant is kept under the empty tenant id, which no customer can have.
        var header = new EventHeader(ids.Tenant ?? default, clock.GetUtcNow(), Actor.System)
        {
            Scan = ids.Scan,
            Proposal = ids.Proposal,
            UserId = ids.Proposal?.UserId,
            Reason = "The queue gave up after the last retry.",
        };

        await audit.AppendAsync(new MessagePoisoned(header) { Queue = queue, Message = message }, cancellationToken);
        logger.MessagePoisoned(queue);

        if (queue == QueueNames.Scans && ids is { Tenant: { } tenant, Scan: { } scanId }
            && await scans.FindAsync(tenant, scanId, cancellationToken) is { Item.HasEnded: false } scan)
        {
            await conclusion.FailAsync(
                scan, scan.Item.Fault ?? "The scan failed at every retry. The function log says why.", cancellationToken);
        }
    }

    private static (TenantId? Tenant, ScanId? Scan, ProposalId? Proposal) ReadIds(string message)
    {
        try
        {
            using var document = JsonDocument.Parse(message);
            return document.RootElement.ValueKind is JsonValueKind.Object
                ? (Id<TenantId>(document, "tenant") is { Value: var t } && t != Guid.Empty ? new TenantId(t) : null,
                    Id<ScanId>(document, "scan"),
                    Id<ProposalId>(document, "proposal"))
                : default;
        }
        catch (Exception ex) when (ex is JsonException or InvalidOperationException)
        {
            // Half a surrogate pair in an escape is valid JSON that no string can be made of.
            return default;
        }
    }

    private static T? Id<T>(JsonDocument document, string name)
        where T : IParsable<T> =>
        document.RootElement.TryGetProperty(name, out var value)
        && value.ValueKind is JsonValueKind.String
        && T.TryParse(value.GetString(), null, out var id)
            ? id
            : default;
}
