using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Poison;

public sealed record RetryPoison(TenantId Tenant, string Item, string Reason, Actor RequestedBy);

public enum RetryPoisonOutcome
{
    Sent,
    NotFound,

    /// <summary>Sending it back would do nothing, or has been done already.</summary>
    Refused,
}

/// <param name="Explanation">For a person, when it was not sent.</param>
public sealed record RetryPoisonResult(RetryPoisonOutcome Outcome, PoisonItem? Item, string? Explanation = null);

/// <summary>
/// Sends a poison message back to its queue: state first, event second, message third. There it passes every check that it would have
/// passed the first time.
/// </summary>
public sealed class RetryPoisonHandler(
    IPoisonStore poison,
    IScanStore scans,
    IProposalStore proposals,
    IAuditTrail audit,
    ICommandQueue queue,
    TimeProvider clock,
    ILogger<RetryPoisonHandler> logger)
{
    /// <summary>Whoever began to send it back and has not finished by then has crashed.</summary>
    private static readonly TimeSpan StallsAfter = TimeSpan.FromMinutes(5);

    private const int ResumedAtOnce = 100;

    public async Task<RetryPoisonResult> HandleAsync(RetryPoison command, CancellationToken cancellationToken)
    {
        var found = await poison.FindAsync(command.Tenant, command.Item, cancellationToken);

        if (found is null)
        {
            return new(RetryPoisonOutcome.NotFound, null, "There is no such poison message.");
        }

        if (await WhyNotAsync(found.Item, cancellationToken) is { } explanation)
        {
            return new(RetryPoisonOutcome.Refused, found.Item, explanation);
        }

        var retrying = found.Item.SendBack(new(command.RequestedBy, clock.GetUtcNow(), command.Reason));

        return await poison.TryUpdateAsync(found, retrying, cancellationToken) is { } claimed
            ? new(RetryPoisonOutcome.Sent, await FinishAsync(claimed, cancellationToken))
            : new(RetryPoisonOutcome.Refused, found.Item, "Someone else is sending it back at this moment.");
    }

    /// <summary>
    /// Finishes what crashed half-way, and closes what waits for nothing any more: maintenance sends the work of a proposal again by itself.
    /// A message may then be on its queue twice, which no handler minds.
    /// </summary>
    /// <returns>How many were sent.</returns>
    public async Task<int> ResumeAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await CloseOvertakenAsync(tenant, cancellationToken);
        var page = await poison.ListAsync(tenant, PoisonStatus.Retrying, ResumedAtOnce, null, cancellationToken);
        var resumed = 0;

        foreach (var item in page.Items.Where(i => clock.GetUtcNow() - i.Retry!.At >= StallsAfter))
        {
            if (await poison.FindAsync(tenant, item.Id, cancellationToken) is { Item.Status: PoisonStatus.Retrying } stalled)
            {
                await FinishAsync(stalled, cancellationToken);
                resumed++;
            }
        }

        return resumed;
    }

    private async Task CloseOvertakenAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        string? continuation = null;

        do
        {
            var page = await poison.ListAsync(tenant, PoisonStatus.Waiting, ResumedAtOnce, continuation, cancellationToken);

            foreach (var listed in page.Items)
            {
                if (listed.Proposal is { } id
                    && await proposals.FindAsync(tenant, id, cancellationToken) is { Item: var proposal } && listed.IsOvertakenBy(proposal.Status)
                    && await poison.FindAsync(tenant, listed.Id, cancellationToken) is { Item.Status: PoisonStatus.Waiting } waiting)
                {
                    var overtaken = waiting.Item.Overtake(proposal.Status, proposal.StatusAt);
                    await audit.AppendAsync(overtaken.ToEvent(), cancellationToken);

                    // Lost only to somebody who sends it back at this moment; the handler of its queue then finds nothing to do.
                    await poison.TryUpdateAsync(waiting, overtaken, cancellationToken);
                }
            }

            continuation = page.Next;
        }
        while (continuation is not null);
    }

    private async Task<PoisonItem> FinishAsync(Versioned<PoisonItem> retrying, CancellationToken cancellationToken)
    {
        var item = retrying.Item;
        await audit.AppendAsync(item.ToEvent(), cancellationToken);
        await PoisonedCommand.SenderOf(item)!(queue, cancellationToken);
        logger.PoisonSentBack(item.Queue, item.Id, item.Tenant);

        // Lost only to a queue that has given up on it again already; that is then the state to keep.
        return (await poison.TryUpdateAsync(retrying, item.Sent(), cancellationToken))?.Item ?? item;
    }

    private async Task<string?> WhyNotAsync(PoisonItem item, CancellationToken cancellationToken)
    {
        if (item.Status is PoisonStatus.Overtaken)
        {
            return $"Its proposal is {item.Overtaking!.By} meanwhile, so the message would do nothing.";
        }

        if (item.Status is not PoisonStatus.Waiting)
        {
            return $"{item.Retry!.RequestedBy.Name} had it sent back at {item.Retry.At.UtcDateTime:u}. If its queue gives up on it again, it waits here again.";
        }

        if (PoisonedCommand.SenderOf(item) is null)
        {
            return "It is not a message that Reanchor sends to this queue, so the queue would only give up on it again.";
        }

        return item is { Queue: QueueNames.Scans, Scan: { } scan }
            && await scans.FindAsync(item.Tenant, scan, cancellationToken) is { Item.HasEnded: true }
            ? $"The scan has ended, so the message would do nothing. Start a new one: POST /tenants/{item.Tenant}/scans."
            : null;
    }
}
