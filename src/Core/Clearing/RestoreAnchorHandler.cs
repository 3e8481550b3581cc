using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

/// <summary>Writes the saved anchor back, as long as nothing has matched the user. Every step is safe to repeat.</summary>
public sealed class RestoreAnchorHandler(
    ITenantStore tenants,
    IProposalStore proposals,
    ProposalLedger ledger,
    IDirectoryReader directory,
    RestorePrecheck precheck,
    UserWrites writes,
    ClaimedWrite write,
    ICommandQueue queue,
    KillSwitch killSwitch,
    IOptionsMonitor<ClearingOptions> options,
    TimeProvider clock,
    ILogger<RestoreAnchorHandler> logger)
{
    private static readonly TimeSpan AfterALostRace = TimeSpan.FromSeconds(5);

    public async Task<RestoreOutcome> HandleAsync(RestoreAnchor command, CancellationToken cancellationToken)
    {
        var outcome = await RestoreAsync(command, cancellationToken);

        if (outcome is RestoreOutcome.ClaimedElsewhere)
        {
            // The winner may be this very delivery, of whose update the answer was lost.
            await queue.SendAsync(command, AfterALostRace, cancellationToken);
        }

        logger.AnchorRestored(command.Tenant, command.Proposal, outcome);
        return outcome;
    }

    private async Task<RestoreOutcome> RestoreAsync(RestoreAnchor command, CancellationToken cancellationToken)
    {
        var found = await proposals.FindAsync(command.Tenant, command.Proposal, cancellationToken);
        var tenant = (await tenants.FindAsync(command.Tenant, cancellationToken))?.Item;

        if (found is not { Item.Status: ProposalStatus.Restoring })
        {
            // An earlier delivery may have died between an end and its event.
            await ledger.SettleAsync(found?.Item, cancellationToken);
            return RestoreOutcome.NotRequested;
        }

        if (tenant is null && found.Item.Claim is not null)
        {
            // Whether the write went through cannot be read any more; calling it refused would be a guess.
            return RestoreOutcome.Paused;
        }

        if (tenant is null)
        {
            return await AbandonAsync(found, "The tenant is no longer registered. Register it, then ask again.", null, cancellationToken);
        }

        var user = await directory.FindUserAsync(tenant, found.Item.UserId, cancellationToken);

        // Without a write of ours, a read that shows the old anchor is a replica that has not heard of the clear.
        if (found.Item.Claim is not null && IsBack(user, found.Item))
        {
            return await CompleteAsync(found, cancellationToken);
        }

        var now = clock.GetUtcNow();

        if (found.Item.Claim is { } claim && claim.IsAlive(now))
        {
            return await LookAgainAsync(
                found.Item, claim.AcceptedAt is { } at ? claim.NextLook(at, now) : claim.Until - now, cancellationToken);
        }

        if (await killSwitch.IsOnAsync(tenant.Id, cancellationToken))
        {
            return RestoreOutcome.Paused;
        }

        if (await writes.FindClearAsync(found.Item, cancellationToken) is { } clear)
        {
            // Claimed in the instant in which the restore was asked for.
            return await LookAgainAsync(found.Item, clear.Claim!.Until - now, cancellationToken);
        }

        var objection = !tenant.Enabled ? "The tenant is disabled. Enable it, then ask again."
            : found.Item.Claim is { IsSpent: true } spent
                ? $"It was tried {spent.Attempt} times. Look at the user, then ask again."
            : await precheck.ObjectionAsync(tenant, found.Item, user, cancellationToken);

        return objection is null
            ? await WriteAsync(tenant, found, cancellationToken)
            : await AbandonAsync(found, Told(found.Item.Claim, objection), null, cancellationToken);
    }

    private async Task<RestoreOutcome> WriteAsync(
        Tenant tenant, Versioned<Proposal> found, CancellationToken cancellationToken)
    {
        // The request is on record before anything is written, and only the delivery that wins this write goes on.
        var claimed = await ledger.TryMoveAsync(
            found, found.Item.ClaimAgain(clock.GetUtcNow() + options.CurrentValue.ClaimDuration), cancellationToken);

        if (claimed is null)
        {
            return RestoreOutcome.ClaimedElsewhere;
        }

        var result = await write.SendAsync(tenant, claimed, cancellationToken);
        var sentAt = clock.GetUtcNow();

        return result.End switch
        {
            WriteEnd.Paused => RestoreOutcome.Paused,
            WriteEnd.Refused => await AbandonAsync(
                claimed, Told(claimed.Item.ReleaseClaim().Claim, result.Refusal!.Text), result.Refusal.Cause, cancellationToken),
            WriteEnd.Unknown => await LookAgainAsync(claimed.Item, claimed.Item.Claim!.NextLook(sentAt, sentAt), cancellationToken),
            _ => await ReadBackAsync(tenant, claimed, sentAt, cancellationToken),
        };
    }

    private async Task<RestoreOutcome> ReadBackAsync(
        Tenant tenant, Versioned<Proposal> claimed, DateTimeOffset acceptedAt, CancellationToken cancellationToken)
    {
        try
        {
            if (IsBack(await directory.FindUserAsync(tenant, claimed.Item.UserId, cancellationToken), claimed.Item))
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
            ? RestoreOutcome.ClaimedElsewhere
            : await LookAgainAsync(accepted.Item, accepted.Item.Claim!.NextLook(acceptedAt, acceptedAt), cancellationToken);
    }

    /// <param name="unsettled">A claim that may have sent a write which nothing has answered for, if there is one.</param>
    private static string Told(WriteClaim? unsettled, string because) =>
        unsettled is null ? because : $"{unsettled.InDoubt("the restore")} {because}";

    private static bool IsBack(CloudUser? user, Proposal proposal) =>
        user is { IsSynced: false } && user.Anchor == proposal.Anchor;

    private async Task<RestoreOutcome> CompleteAsync(Versioned<Proposal> found, CancellationToken cancellationToken) =>
        await ledger.TryMoveAsync(found, found.Item.CompleteRestore(clock.GetUtcNow()), cancellationToken) is null
            ? RestoreOutcome.ClaimedElsewhere
            : RestoreOutcome.Restored;

    private async Task<RestoreOutcome> AbandonAsync(
        Versioned<Proposal> found, string because, RefusalCause? cause, CancellationToken cancellationToken)
    {
        var abandoned = await ledger.TryMoveAsync(found, found.Item.AbandonRestore(because, cause, clock.GetUtcNow()), cancellationToken);

        if (abandoned is null)
        {
            return RestoreOutcome.ClaimedElsewhere;
        }

        if (abandoned.Item.Status is ProposalStatus.Cleared)
        {
            await queue.SendAsync(VerifyClear.Of(abandoned.Item), TimeSpan.Zero, cancellationToken);
        }

        return RestoreOutcome.Refused;
    }

    private async Task<RestoreOutcome> LookAgainAsync(Proposal proposal, TimeSpan delay, CancellationToken cancellationToken)
    {
        await queue.SendAsync(RestoreAnchor.Of(proposal), delay, cancellationToken);
        return RestoreOutcome.NotShownYet;
    }
}
