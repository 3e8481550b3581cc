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
    ClearBrakes brakes,
    BreakerLedger counting,
    ClearPrecheck precheck,
    UserWrites writes,
    ClaimedWrite write,
    IDirectoryReader directory,
    ICommandQueue queue,
    IOptionsMonitor<ClearingOptions> options,
    TimeProvider clock,
    ILogger<ApplyClearHandler> logger)
{
    private static readonly TimeSpan AfterALostRace = TimeSpan.FromSeconds(5);

    public async Task<ClearOutcome> HandleAsync(ApplyClear command, CancellationToken cancellationToken)
    {
        var outcome = await ApplyAsync(command, cancellationToken);

        if (outcome is ClearOutcome.ClaimedElsewhere)
        {
            // The winner may be this very delivery, of whose update the answer was lost.
            await queue.SendAsync(command, AfterALostRace, cancellationToken);
        }

        logger.ClearApplied(command.Tenant, command.Proposal, outcome);
        return outcome;
    }

    private async Task<ClearOutcome> ApplyAsync(ApplyClear command, CancellationToken cancellationToken)
    {
        var found = await proposals.FindAsync(command.Tenant, command.Proposal, cancellationToken);

        if (found is { Item.Status: ProposalStatus.Cleared })
        {
            // An earlier delivery died between the clear and what follows it.
            await ledger.SettleAsync(found.Item, cancellationToken);
            await QueueVerificationAsync(found.Item, cancellationToken);
            return ClearOutcome.Cleared;
        }

        if (found is not { Item.Status: ProposalStatus.Approved or ProposalStatus.Clearing })
        {
            // An earlier delivery may have died between an end and its event.
            await ledger.SettleAsync(found?.Item, cancellationToken);
            return ClearOutcome.NotApproved;
        }

        var tenant = (await tenants.FindAsync(command.Tenant, cancellationToken))?.Item;

        var (settled, user) = found.Item.Status is ProposalStatus.Clearing
            ? await SettleAsync(tenant, found, cancellationToken)
            : (null, null);

        return settled
            ?? await brakes.HoldAsync(tenant, found, cancellationToken)
            ?? await ClearAsync(tenant, found, user, cancellationToken);
    }

    /// <summary>Ends, by reading, what an earlier delivery began. What is done is done, paused or expired or not.</summary>
    /// <returns>No outcome when the clear did not come through and may be tried again, and the user as it is.</returns>
    private async Task<(ClearOutcome? Outcome, CloudUser? User)> SettleAsync(
        Tenant? tenant, Versioned<Proposal> found, CancellationToken cancellationToken)
    {
        if (tenant is null)
        {
            // Whether the write went through cannot be read any more; calling it superseded would be a guess.
            return (ClearOutcome.Paused, null);
        }

        var user = await directory.FindUserAsync(tenant, found.Item.UserId, cancellationToken);

        // Without a claim nothing was sent: then somebody else cleared it, which is for the precheck to say.
        if (found.Item.Claim is not null && ClearTarget.IsGone(user, found.Item))
        {
            await ledger.SettleAsync(found.Item, cancellationToken);
            return (await CompleteAsync(found, cancellationToken), user);
        }

        var now = clock.GetUtcNow();

        if (found.Item.Claim is { } claim && claim.IsAlive(now))
        {
            var wait = claim.AcceptedAt is { } at ? claim.NextLook(at, now) : claim.Until - now;
            return (await LookAgainAsync(found.Item, wait, cancellationToken), user);
        }

        return (
            found.Item.Claim is { IsSpent: true } spent
                ? await DoubtAsync(tenant, found, spent, $"The old value is still there after {spent.Attempt} attempts.", cancellationToken)
                : null,
            user);
    }

    private async Task<ClearOutcome> ClearAsync(
        Tenant? tenant, Versioned<Proposal> found, CloudUser? user, CancellationToken cancellationToken)
    {
        if (tenant is not null)
        {
            write.Expect(tenant);
        }

        if (await precheck.ObjectionAsync(tenant, found.Item, user, cancellationToken) is { } objection)
        {
            return await DropAsync(tenant, found, found.Item.Claim, objection, cancellationToken);
        }

        var now = clock.GetUtcNow();
        var until = now + options.CurrentValue.ClaimDuration;

        // Only the delivery that wins this write goes on; the old values are durable when it returns.
        // It is counted in the same instant, so two hosts do not exceed the hour's limit between them.
        var claimed = found.Item.Status is ProposalStatus.Approved
            ? await counting.TryMoveAsync(
                found,
                found.Item.BeginClear(now, until),
                state => state.IsPaused || state.IsQuarantined ? null : state.CountClear(tenant!.Policy, now),
                cancellationToken)
            : await ledger.TryMoveAsync(found, found.Item.ClaimAgain(until), cancellationToken);

        if (claimed is null)
        {
            return ClearOutcome.ClaimedElsewhere;
        }

        // A restore that was asked for since the precheck; one that is asked for from here on sees the claim.
        if (await writes.ObjectionToClearAsync(claimed.Item, cancellationToken) is { } restore)
        {
            return await DropAsync(tenant, claimed, claimed.Item.ReleaseClaim().Claim, restore, cancellationToken);
        }

        var result = await write.SendAsync(tenant!, claimed, cancellationToken);

        switch (result.End)
        {
            case WriteEnd.Paused:
                return ClearOutcome.Paused;

            // The refusal speaks for this write alone, not for an earlier one without an answer.
            case WriteEnd.Refused when claimed.Item.ReleaseClaim().Claim is { } unsettled:
                return await DoubtAsync(tenant!, claimed, unsettled, $"Sent again, it was refused: {result.Refusal!.Text}", cancellationToken);

            case WriteEnd.Refused:
                return await EndBadlyAsync(tenant!, claimed, claimed.Item.Refuse(result.Refusal!, clock.GetUtcNow()), cancellationToken)
                    ?? ClearOutcome.Refused;

            case WriteEnd.Unknown:
                var lostAt = clock.GetUtcNow();
                return await LookAgainAsync(claimed.Item, claimed.Item.Claim!.NextLook(lostAt, lostAt), cancellationToken);

            default:
                return await ReadBackAsync(tenant!, claimed, cancellationToken);
        }
    }

    /// <summary>The first stage of verification: the anchor is gone, by a read of our own.</summary>
    private async Task<ClearOutcome> ReadBackAsync(
        Tenant tenant, Versioned<Proposal> claimed, CancellationToken cancellationToken)
    {
        var acceptedAt = clock.GetUtcNow();

        try
        {
            var user = await directory.FindUserAsync(tenant, claimed.Item.UserId, cancellationToken);

            // A sync that matched at once has set a new value, which is as good.
            if (!ClearTarget.IsStillThere(user, claimed.Item))
            {
                return await CompleteAsync(claimed, cancellationToken);
            }
        }
        catch (DirectoryUnavailableException ex)
        {
            logger.NotReadBack(claimed.Item.Tenant, claimed.Item.Id, ex.Message);
        }

        var accepted = await proposals.TryUpdateAsync(claimed, claimed.Item.Accept(acceptedAt), cancellationToken);

        return accepted is null
            ? ClearOutcome.ClaimedElsewhere
            : await LookAgainAsync(accepted.Item, accepted.Item.Claim!.NextLook(acceptedAt, acceptedAt), cancellationToken);
    }

    private async Task<ClearOutcome> CompleteAsync(Versioned<Proposal> found, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var cleared = await ledger.TryMoveAsync(
            found, found.Item.CompleteClear(now, now + options.CurrentValue.VerificationFirstDelay), cancellationToken);

        if (cleared is null)
        {
            return ClearOutcome.ClaimedElsewhere;
        }

        await QueueVerificationAsync(cleared.Item, cancellationToken);
        return ClearOutcome.Cleared;
    }

    /// <param name="unsettled">A claim that may have sent the write, if there is one: "nothing was done" would be a guess.</param>
    private async Task<ClearOutcome> DropAsync(
        Tenant? tenant, Versioned<Proposal> found, WriteClaim? unsettled, string because, CancellationToken cancellationToken)
    {
        if (unsettled is null)
        {
            return await ledger.TryMoveAsync(found, found.Item.Supersede(because, clock.GetUtcNow()), cancellationToken) is null
                ? ClearOutcome.ClaimedElsewhere
                : ClearOutcome.Superseded;
        }

        // What was sent may show by now, and be the very change that is objected to.
        var user = await directory.FindUserAsync(tenant!, found.Item.UserId, cancellationToken);

        return ClearTarget.IsGone(user, found.Item)
            ? await CompleteAsync(found, cancellationToken)
            : await DoubtAsync(tenant!, found, unsettled, $"It was not sent again: {because}", cancellationToken);
    }

    private async Task<ClearOutcome> DoubtAsync(
        Tenant tenant, Versioned<Proposal> found, WriteClaim unsettled, string because, CancellationToken cancellationToken) =>
        await EndBadlyAsync(
            tenant,
            found,
            found.Item.Doubt(MatchOutcome.ClearNotShown, $"{unsettled.InDoubt("the clear")} {because}", clock.GetUtcNow()),
            cancellationToken)
        ?? ClearOutcome.Inconclusive;

    /// <returns><see langword="null"/> when it is stored, and counted.</returns>
    private async Task<ClearOutcome?> EndBadlyAsync(
        Tenant tenant, Versioned<Proposal> found, Proposal ended, CancellationToken cancellationToken) =>
        await counting.TryMoveAsync(
            found, ended, state => state.CountOutcome(good: false, tenant.Policy, ended.StatusAt), cancellationToken) is null
            ? ClearOutcome.ClaimedElsewhere
            : null;

    /// <summary>A new message instead of an exception: waiting is no failure, and must not end in the poison queue.</summary>
    private async Task<ClearOutcome> LookAgainAsync(Proposal proposal, TimeSpan delay, CancellationToken cancellationToken)
    {
        await queue.SendAsync(ApplyClear.Of(proposal), delay, cancellationToken);
        return ClearOutcome.NotShownYet;
    }

    private Task QueueVerificationAsync(Proposal cleared, CancellationToken cancellationToken) =>
        queue.SendAsync(
            VerifyClear.Of(cleared), options.CurrentValue.VerificationFirstDelay, cancellationToken);
}
