using Reanchor.Access;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

public sealed record RequestRestore(TenantId Tenant, ProposalId Proposal, string Reason, Actor RequestedBy);

public enum RequestRestoreOutcome
{
    Accepted,
    NotFound,

    /// <summary>Nothing was cleared, it was restored before, or a write to the user is under way.</summary>
    NothingToRestore,

    /// <summary>A match has taken the user.</summary>
    TooLate,

    TenantDisabled,

    /// <summary>Only of many at once: whether it is too late could not be read.</summary>
    DirectoryUnavailable,

    /// <summary>Someone changed the proposal at this moment.</summary>
    LostRace,
}

/// <param name="Explanation">Why not; <see langword="null"/> when accepted.</param>
public sealed record RequestRestoreResult(RequestRestoreOutcome Outcome, string? Explanation, Proposal? Proposal);

public sealed class RequestRestoreHandler(
    ITenantStore tenants,
    IProposalStore proposals,
    ProposalLedger ledger,
    UserWrites writes,
    IDirectoryReader directory,
    ICommandQueue queue,
    TimeProvider clock)
{
    public async Task<RequestRestoreResult> HandleAsync(RequestRestore command, CancellationToken cancellationToken)
    {
        var found = await proposals.FindAsync(command.Tenant, command.Proposal, cancellationToken);
        var tenant = (await tenants.FindAsync(command.Tenant, cancellationToken))?.Item;

        if (found is null || tenant is null)
        {
            return new(RequestRestoreOutcome.NotFound, "There is no such proposal.", null);
        }

        if (found.Item.Kind is ProposalKind.ClearObjectIdentifier)
        {
            return new(
                RequestRestoreOutcome.NothingToRestore,
                "An object identifier cannot be put back: Entra accepts no other value than null. The audit trail has what it was.",
                found.Item);
        }

        if (!tenant.Enabled)
        {
            return new(RequestRestoreOutcome.TenantDisabled, "The tenant is disabled: nothing is written to it. Enable it first.", found.Item);
        }

        if (found.Item.Status is ProposalStatus.Verified)
        {
            return new(RequestRestoreOutcome.TooLate, RestoreWindow.TooLate, found.Item);
        }

        if (found.Item.Status is not (ProposalStatus.Cleared or ProposalStatus.Inconclusive))
        {
            return new(
                RequestRestoreOutcome.NothingToRestore,
                found.Item.Status switch
                {
                    ProposalStatus.Restoring => "The anchor is being put back already.",
                    ProposalStatus.Restored => "The anchor was put back already.",
                    ProposalStatus.Clearing => "The clear is under way. Ask again when it is done.",
                    _ => "Nothing was cleared.",
                },
                found.Item);
        }

        if (await writes.FindClearAsync(found.Item, cancellationToken) is { } clear)
        {
            return new(
                RequestRestoreOutcome.NothingToRestore,
                $"Another clear of this user is under way, {clear.Id}. Ask again when it is done.",
                found.Item);
        }

        var user = await directory.FindUserAsync(tenant, found.Item.UserId, cancellationToken);

        if (user is not null && RestoreWindow.ClosedBecause(user) is { } closed)
        {
            return new(RequestRestoreOutcome.TooLate, closed, found.Item);
        }

        var request = new RestoreRequest(command.RequestedBy, clock.GetUtcNow(), command.Reason);
        var begun = await ledger.TryMoveAsync(found, found.Item.BeginRestore(request), cancellationToken);

        if (begun is null)
        {
            return new(RequestRestoreOutcome.LostRace, "Someone changed the proposal at this moment. Look at it again.", found.Item);
        }

        await queue.SendAsync(RestoreAnchor.Of(begun.Item), TimeSpan.Zero, cancellationToken);
        return new(RequestRestoreOutcome.Accepted, null, begun.Item);
    }
}
