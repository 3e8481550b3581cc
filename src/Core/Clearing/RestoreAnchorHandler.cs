using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

public sealed record RestoreAnchor(TenantId Tenant, ProposalId Proposal) : IQueuedCommand
{
    static string IQueuedCommand.QueueName => QueueNames.Restores;
}

public enum RestoreOutcome
{
    Restored,
    NotRequested,
    Paused,

    /// <summary>Too late, or something else holds the anchor. The proposal says which.</summary>
    Refused,
    ClaimedElsewhere,
}

/// <summary>Writes the saved anchor back, as long as nothing has matched the user.</summary>
public sealed class RestoreAnchorHandler(
    ITenantStore tenants,
    IProposalStore proposals,
    ProposalLedger ledger,
    IDirectoryReader directory,
    IAnchorWriter writer,
    IOptionsMonitor<ClearingOptions> options,
    TimeProvider clock,
    ILogger<RestoreAnchorHandler> logger)
{
    public async Task<RestoreOutcome> HandleAsync(RestoreAnchor command, CancellationToken cancellationToken)
    {
        var outcome = await RestoreAsync(command, cancellationToken);
        logger.AnchorRestored(command.Tenant, command.Proposal, outcome);
        return outcome;
    }

    private async Task<RestoreOutcome> RestoreAsync(RestoreAnchor command, CancellationToken cancellationToken)
    {
        var found = await proposals.FindAsync(command.Tenant, command.Proposal, cancellationToken);
        var tenant = (await tenants.FindAsync(command.Tenant, cancellationToken))?.Item;

        if (found is not { Item.Status: ProposalStatus.Restoring } || tenant is not { Enabled: true })
        {
            return RestoreOutcome.NotRequested;
        }

        if (options.CurrentValue.Paused)
        {
            return RestoreOutcome.Paused;
        }

        // The request is on record before anything is written.
        await ledger.SettleAsync(found.Item, cancellationToken);
        var user = await directory.FindUserAsync(tenant, found.Item.UserId, cancellationToken);
        var refusal = user is { IsSynced: false } && user.Anchor == found.Item.Anchor
            ? null
            : await RefusalAsync(tenant, found.Item, user, cancellationToken)
                ?? await writer.WriteAsync(tenant, found.Item.UserId, found.Item.Anchor, cancellationToken);

        var now = clock.GetUtcNow();
        var next = refusal is null ? found.Item.CompleteRestore(now) : found.Item.AbandonRestore(refusal, now);

        return await ledger.TryMoveAsync(found, next, cancellationToken) is null ? RestoreOutcome.ClaimedElsewhere
            : refusal is null ? RestoreOutcome.Restored
            : RestoreOutcome.Refused;
    }

    private async Task<string?> RefusalAsync(
        Tenant tenant, Proposal proposal, CloudUser? user, CancellationToken cancellationToken)
    {
        if (!proposal.DigestHolds)
        {
            return "The stored proposal no longer fits its digest. The audit event ClearStarted has the anchor as it was.";
        }

        if (user is null)
        {
            return "The user was deleted. Restore the user in Entra first.";
        }

        if (RestoreWindow.ClosedBecause(user) is { } closed)
        {
            return closed;
        }

        if (user.Anchor is not null)
        {
            return $"The user has another anchor now, {user.Anchor}. It was not overwritten.";
        }

        // The index lags: it may show the user itself, as it was before the clear.
        var holders = await directory.FindAnchorHoldersAsync(tenant, proposal.Anchor, cancellationToken);

        if (holders.FirstOrDefault(h => h != proposal.UserId) is var holder && holder != default)
        {
            return $"The user {holder} holds this anchor now.";
        }

        var deleted = await directory.FindSoftDeletedHoldersAsync(tenant, proposal.Anchor, cancellationToken);

        return !deleted.IsKnown ? $"Deleted users could not be read: {deleted.UnknownBecause}"
            : deleted.Value is [var ghost, ..] ? $"The deleted user {ghost} holds this anchor. Remove it for good first."
            : null;
    }
}
