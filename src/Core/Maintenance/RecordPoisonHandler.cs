using System.Text.Json;
using Microsoft.Extensions.Logging;
using Reanchor.Auditing;
using Reanchor.Poison;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Maintenance;

/// <summary>
/// Makes a message that a queue gave up on visible: an item that can be sent back, an audit event, an alert, and a failed scan if it
/// was one.
/// </summary>
public sealed class RecordPoisonHandler(
    IPoisonStore poison,
    IScanStore scans,
    ScanConclusion conclusion,
    IAuditTrail audit,
    TimeProvider clock,
    ILogger<RecordPoisonHandler> logger)
{
    /// <param name="queue">The queue that gave up, without the poison suffix.</param>
    /// <param name="message">The message as it was; it need not be one of ours.</param>
    public async Task HandleAsync(string queue, string message, CancellationToken cancellationToken)
    {
        var item = await KeepAsync(queue, PoisonedCommand.WithoutJourney(message), cancellationToken);
        await audit.AppendAsync(item.ToEvent(), cancellationToken);
        logger.MessagePoisoned(queue);

        if (item is { Queue: QueueNames.Scans, Scan: { } scanId }
            && await scans.FindAsync(item.Tenant, scanId, cancellationToken) is { Item.HasEnded: false } scan)
        {
            await conclusion.FailAsync(
                scan, scan.Item.Fault ?? "The scan failed at every retry. The function log says why.", cancellationToken);
        }
    }

    /// <returns>The item as it is stored now, waiting.</returns>
    private async Task<PoisonItem> KeepAsync(string queue, string message, CancellationToken cancellationToken)
    {
        var ids = ReadIds(message);
        var item = new PoisonItem
        {
            Id = PoisonItem.IdOf(queue, message),
            Tenant = ids.Tenant ?? default,
            Queue = queue,
            Message = message,
            Scan = ids.Scan,
            Proposal = ids.Proposal,
            PoisonedAt = clock.GetUtcNow(),
        };

        if (await poison.TryAddAsync(item, cancellationToken))
        {
            return item;
        }

        var found = await poison.FindAsync(item.Tenant, item.Id, cancellationToken);

        // Still waiting: the same poison message once more, after a crash of ours or as a second copy of the command.
        if (found is { Item.Status: PoisonStatus.Waiting })
        {
            return found.Item;
        }

        if (found is not null)
        {
            // Whoever had it sent back may have crashed before the trail was told, and this state ends here.
            await audit.AppendAsync(found.Item.ToEvent(), cancellationToken);
        }

        return found is not null && await poison.TryUpdateAsync(found, found.Item.GiveUpAgain(item.PoisonedAt), cancellationToken) is { } again
            ? again.Item
            : throw new InvalidOperationException($"Poison message {item.Id} was changed at this moment; its queue delivers it again.");
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
