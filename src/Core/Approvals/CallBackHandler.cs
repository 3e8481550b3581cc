using System.Security.Cryptography;
using Microsoft.Extensions.Logging;

namespace Reanchor.Approvals;

public sealed class CallBackHandler(
    IBatchStore batches, BatchLedger ledger, AddressSeal seal, ICallbackClient client, TimeProvider clock, ILogger<CallBackHandler> logger)
{
    /// <summary>How long a subscriber is tried: a workflow that waits for a decision waits no longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromDays(14);

    /// <exception cref="WorkflowUnavailableException">The host's retries and the poison queue follow.</exception>
    public async Task<CallBackOutcome> HandleAsync(CallBack command, CancellationToken cancellationToken)
    {
        var batch = (await batches.FindAsync(command.Tenant, command.Scan, cancellationToken))?.Item;

        if (batch is not { End: { } end } || batch.Subscriptions.FirstOrDefault(s => s.Id == command.Subscription) is not { IsWaiting: true } subscription)
        {
            return CallBackOutcome.NothingToDo;
        }

        var now = clock.GetUtcNow();
        var failure = now - end.At > Patience
            ? $"It was not reached for {Patience.TotalDays} days."
            : await SendAsync(
                batch, subscription, new(batch.Id, batch.Tenant.Value, end.Outcome, end.Approved, end.Rejected, end.Undecided, end.At), cancellationToken);
        await ledger.ChangeAsync(
            batch.Tenant, batch.Scan, b => b.Change(subscription.Id, s => failure is null ? s.Call(now) : s.Fail(failure, now)), cancellationToken);

        if (failure is not null)
        {
            logger.CallbackGivenUp(batch.Tenant, batch.Scan, failure);
        }

        return failure is null ? CallBackOutcome.Called : CallBackOutcome.GivenUp;
    }

    private async Task<string?> SendAsync(
        ApprovalBatch batch, Subscription subscription, CallbackNotice notice, CancellationToken cancellationToken)
    {
        try
        {
            return await client.SendAsync(seal.Open(subscription.SealedAddress, batch.Id), notice, cancellationToken);
        }
        catch (CryptographicException)
        {
            return "The stored address cannot be read: it was changed, or sealed under an audit key that is gone.";
        }
    }
}
