using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Queueing;

namespace Reanchor.Approvals;

/// <param name="Id">The subscriber's own name for it: a repeat under the same one is the same subscription.</param>
public sealed record Subscribe(BatchId Batch, string Id, Uri Address, Actor SubscribedBy);

public sealed record Unsubscribe(BatchId Batch, string Id, Actor RequestedBy);

public enum SubscribeOutcome
{
    Subscribed,
    NotFound,

    /// <summary>The address must not be called; the explanation says why.</summary>
    AddressRefused,

    /// <summary>Another address, or another caller, has this id.</summary>
    IdTaken,

    TooMany,
}

public sealed record SubscribeResult(SubscribeOutcome Outcome, string? Explanation = null);

public sealed class SubscribeHandler(
    IBatchStore batches,
    BatchLedger ledger,
    AddressSeal seal,
    ICallbackClient client,
    IAuditTrail audit,
    ICommandQueue queue,
    TimeProvider clock,
    ILogger<SubscribeHandler> logger)
{
    public async Task<SubscribeResult> HandleAsync(Subscribe command, CancellationToken cancellationToken)
    {
        if (await FindAsync(command.Batch, cancellationToken) is not { } batch)
        {
            logger.BatchUnknown(command.SubscribedBy.Id, command.Batch.Tenant, command.Batch.Scan);
            return new(SubscribeOutcome.NotFound);
        }

        var now = clock.GetUtcNow();

        if (await client.ObjectionAsync(command.Address, cancellationToken) is { } objection)
        {
            await audit.AppendAsync(
                new CallbackRefused(new(batch.Tenant, now, command.SubscribedBy) { Scan = batch.Scan, Reason = objection })
                {
                    Batch = batch.Id,
                    Host = command.Address.IdnHost,
                },
                cancellationToken);
            logger.CallbackRefused(batch.Tenant, batch.Scan, objection);
            return new(SubscribeOutcome.AddressRefused, objection);
        }

        var subscription = new Subscription
        {
            Id = command.Id,
            SealedAddress = seal.Seal(command.Address, batch.Id),
            Host = command.Address.IdnHost,
            SubscribedBy = command.SubscribedBy,
            SubscribedAt = now,
        };
        var outcome = SubscribeOutcome.Subscribed;

        await ledger.ChangeAsync(
            batch.Tenant,
            batch.Scan,
            current =>
            {
                outcome = Weigh(current, command);
                return outcome is SubscribeOutcome.Subscribed && current.Subscriptions.All(s => s.Id != command.Id) ? current.Add(subscription) : null;
            },
            cancellationToken);

        // It may have ended before, or at this very moment.
        await queue.SendAsync(new RequestApprovals(batch.Tenant, batch.Scan), TimeSpan.Zero, cancellationToken);
        return new(outcome);
    }

    /// <returns><see langword="false"/> if there is no such subscription of this caller.</returns>
    public async Task<bool> HandleAsync(Unsubscribe command, CancellationToken cancellationToken)
    {
        var found = (await FindAsync(command.Batch, cancellationToken))?.Subscriptions
            .Any(s => s.Id == command.Id && s.SubscribedBy.Id == command.RequestedBy.Id) is true;

        if (found)
        {
            var now = clock.GetUtcNow();
            await ledger.ChangeAsync(command.Batch.Tenant, command.Batch.Scan, b => b.Change(command.Id, s => s.Remove(now)), cancellationToken);
        }

        return found;
    }

    private async Task<ApprovalBatch?> FindAsync(BatchId id, CancellationToken cancellationToken) =>
        await batches.FindAsync(id.Tenant, id.Scan, cancellationToken) is { } found && found.Item.IsNamed(id) ? found.Item : null;

    private SubscribeOutcome Weigh(ApprovalBatch batch, Subscribe command)
    {
        var before = batch.Subscriptions.FirstOrDefault(s => s.Id == command.Id);

        return before is null
            ? batch.Subscriptions.Count >= ApprovalBatch.MaxSubscriptions ? SubscribeOutcome.TooMany : SubscribeOutcome.Subscribed
            : before.SubscribedBy.Id == command.SubscribedBy.Id && Opens(before.SealedAddress, batch.Id) == command.Address
                ? SubscribeOutcome.Subscribed
                : SubscribeOutcome.IdTaken;
    }

    /// <returns><see langword="null"/> when the audit key that sealed it is gone.</returns>
    private Uri? Opens(string sealedAddress, BatchId batch)
    {
        try
        {
            return seal.Open(sealedAddress, batch);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
