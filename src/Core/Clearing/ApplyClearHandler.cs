using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

/// <summary>Clears one approved user. Every step is safe to repeat: the queue delivers at least once.</summary>
public sealed class ApplyClearHandler(
    ITenantStore tenants,
    IProposalStore proposals,
    ProposalLedger ledger,
    ClearPrecheck precheck,
    IAnchorWriter writer,
    IDirectoryReader directory,
    ICommandQueue queue,
    IOptionsMonitor<ClearingOptions> options,
    TimeProvider clock,
    ILogger<ApplyClearHandler> logger)
{
    public async Task<ClearOutcome> HandleAsync(ApplyClear command, CancellationToken cancellationToken)
    {
        var outcome = await ApplyAsync(command, cancellationToken);
        logger.ClearApplied(command.Tenant, command.Proposal, outcome);
        return outcome;
    }

    private async Task<ClearOutcome> ApplyAsync(ApplyClear command, CancellationToken cancellationToken)
    {
        var found = await proposals.FindAsync(command.Tenant, command.Proposal, cancellationToken);

        if (found is { Item.Status: ProposalStatus.Cleared })
        {
            // An earlier delivery died between the clear and what follows it.
            await FollowUpAsync(found.Item, cancellationToken);
            return ClearOutcome.Cleared;
        }

        if (found is not { Item.Status: ProposalStatus.Approved or ProposalStatus.Clearing })
        {
            return ClearOutcome.NotApproved;
        }

        if (options.CurrentValue.Paused)
        {
            return ClearOutcome.Paused;
        }

        var tenant = (await tenants.FindAsync(command.Tenant, cancellationToken))?.Item;

        if (tenant is null && found.Item.Status is ProposalStatus.Clearing)
        {
            // Whether the write went through cannot be read any more; calling it superseded would be a guess.
            return ClearOutcome.Paused;
        }

        var check = await precheck.CheckAsync(tenant, found.Item, cancellationToken);

        if (check.Objection is { } objection)
        {
            return await ledger.TryMoveAsync(
                found, found.Item.Supersede(objection, clock.GetUtcNow()), cancellationToken) is null
                ? ClearOutcome.ClaimedElsewhere
                : ClearOutcome.Superseded;
        }

        if (found.Item.Status is ProposalStatus.Approved)
        {
            // Only the delivery that wins this write goes on; the old values are durable when it returns.
            var claimed = await ledger.TryMoveAsync(
                found, found.Item.BeginClear(clock.GetUtcNow()), cancellationToken);

            if (claimed is null)
            {
                return ClearOutcome.ClaimedElsewhere;
            }

            found = claimed;
        }
        else
        {
            await ledger.SettleAsync(found.Item, cancellationToken);
        }

        if (!check.AlreadyCleared && await WriteAsync(tenant!, found, cancellationToken) is { } stopped)
        {
            return stopped;
        }

        var now = clock.GetUtcNow();
        var cleared = await ledger.TryMoveAsync(
            found, found.Item.CompleteClear(now, now + options.CurrentValue.VerificationFirstDelay), cancellationToken);

        if (cleared is null)
        {
            return ClearOutcome.ClaimedElsewhere;
        }

        await FollowUpAsync(cleared.Item, cancellationToken);
        return ClearOutcome.Cleared;
    }

    /// <returns><see langword="null"/> when the anchor is gone, by a read after the write.</returns>
    private async Task<ClearOutcome?> WriteAsync(
        Tenant tenant, Versioned<Proposal> claimed, CancellationToken cancellationToken)
    {
        if (options.CurrentValue.Paused)
        {
            return ClearOutcome.Paused;
        }

        var refusal = await writer.WriteAsync(tenant, claimed.Item.UserId, anchor: null, cancellationToken);

        if (refusal is not null)
        {
            await ledger.TryMoveAsync(claimed, claimed.Item.Refuse(refusal, clock.GetUtcNow()), cancellationToken);
            return ClearOutcome.Refused;
        }

        var user = await directory.FindUserAsync(tenant, claimed.Item.UserId, cancellationToken);

        // Directory replicas lag; the queue looks again. A sync that matched at once has set a new anchor, which is as good.
        return user?.Anchor == claimed.Item.Anchor
            ? throw new DirectoryUnavailableException("The directory accepted the clear but still shows the old anchor.")
            : null;
    }

    private async Task FollowUpAsync(Proposal cleared, CancellationToken cancellationToken)
    {
        await ledger.SettleAsync(cleared, cancellationToken);
        await queue.SendAsync(
            new VerifyClear(cleared.Tenant, cleared.Id), options.CurrentValue.VerificationFirstDelay, cancellationToken);
    }
}
