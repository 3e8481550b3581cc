using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

public sealed record VerifyClear(TenantId Tenant, ProposalId Proposal) : IQueuedCommand
{
    static string IQueuedCommand.QueueName => QueueNames.Verifications;
}

public enum VerifyOutcome
{
    Verified,

    /// <summary>No match yet; another look is queued.</summary>
    Waiting,

    /// <summary>Something else happened, or nothing until the deadline.</summary>
    Inconclusive,

    /// <summary>Not cleared, or another message looks after it.</summary>
    NotDue,
}

/// <summary>Proves that the next sync matched the right account, or says what happened instead.</summary>
public sealed class VerifyClearHandler(
    ITenantStore tenants,
    IProposalStore proposals,
    BreakerLedger counting,
    IDirectoryReader directory,
    ICommandQueue queue,
    IOptionsMonitor<ClearingOptions> options,
    TimeProvider clock,
    ILogger<VerifyClearHandler> logger)
{
    public async Task<VerifyOutcome> HandleAsync(VerifyClear command, CancellationToken cancellationToken)
    {
        var outcome = await VerifyAsync(command, cancellationToken);
        logger.ClearVerified(command.Tenant, command.Proposal, outcome);
        return outcome;
    }

    private async Task<VerifyOutcome> VerifyAsync(VerifyClear command, CancellationToken cancellationToken)
    {
        var found = await proposals.FindAsync(command.Tenant, command.Proposal, cancellationToken);
        var tenant = (await tenants.FindAsync(command.Tenant, cancellationToken))?.Item;
        var now = clock.GetUtcNow();

        // Two messages may look after one proposal after a crash; the one that comes before its time steps back.
        if (found is not { Item.Status: ProposalStatus.Cleared } || tenant is null
            || now < found.Item.NextCheckAt - TimeSpan.FromSeconds(1))
        {
            return VerifyOutcome.NotDue;
        }

        var proposal = found.Item;
        var user = await directory.FindUserAsync(tenant, proposal.UserId, cancellationToken);

        if (user is { IsSynced: true } && user.Anchor == proposal.Evidence.ExpectedAnchor)
        {
            return await EndAsync(tenant, found, proposal.Verify(now), good: true, cancellationToken)
                ? VerifyOutcome.Verified
                : VerifyOutcome.NotDue;
        }

        if (await DoubtAsync(tenant, proposal, user, now, cancellationToken) is { } doubt)
        {
            return await EndAsync(tenant, found, proposal.Doubt(doubt, now), good: false, cancellationToken)
                ? VerifyOutcome.Inconclusive
                : VerifyOutcome.NotDue;
        }

        var delay = options.CurrentValue.NextDelay(now - proposal.ClearedAt!.Value);

        if (await proposals.TryUpdateAsync(found, proposal.CheckAgain(now + delay), cancellationToken) is null)
        {
            return VerifyOutcome.NotDue;
        }

        await queue.SendAsync(command, delay, cancellationToken);
        return VerifyOutcome.Waiting;
    }

    private async Task<bool> EndAsync(
        Tenant tenant, Versioned<Proposal> found, Proposal ended, bool good, CancellationToken cancellationToken) =>
        await counting.TryMoveAsync(
            found, ended, state => state.CountOutcome(good, tenant.Policy, ended.StatusAt), cancellationToken) is not null;

    /// <returns><see langword="null"/> while a match may still come.</returns>
    private async Task<string?> DoubtAsync(
        Tenant tenant, Proposal proposal, CloudUser? user, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (user is null)
        {
            return "The user was deleted after the clear.";
        }

        if (user.IsSynced)
        {
            return $"Sync matched the user to another account: its anchor is {user.Anchor?.Value ?? "empty"}, "
                + $"expected was {proposal.Evidence.ExpectedAnchor}. Find that account in AD before anything else is changed.";
        }

        if (user.Anchor is not null)
        {
            return $"The user is not synced, yet it has the anchor {user.Anchor}: someone set it by hand.";
        }

        var holders = await directory.FindAnchorHoldersAsync(tenant, proposal.Evidence.ExpectedAnchor, cancellationToken);

        // The index may know of the user's own match before the read of the user does.
        if (holders.FirstOrDefault(h => h != proposal.UserId) is var holder && holder != default)
        {
            return $"Sync made or matched another user, {holder}, for the on-premises account. "
                + "Remove that duplicate for good and run a delta sync.";
        }

        var hours = tenant.Policy.VerificationDeadlineHours;

        return now - proposal.ClearedAt!.Value > TimeSpan.FromHours(hours)
            ? $"No match within {hours} hours. Check that the on-premises account is in sync scope and look for export errors on the sync server."
            : null;
    }
}
