using Microsoft.Extensions.Options;
using Reanchor.Anchors;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

/// <param name="Text">What is there instead, and what to do; <see langword="null"/> for a match as expected, and for a clear that is not shown yet.</param>
public sealed record MatchResult(MatchOutcome Outcome, string? Text);

/// <summary>Reads what a clear has led to.</summary>
public sealed class MatchCheck(IDirectoryReader directory, IOptionsMonitor<ClearingOptions> options, TimeProvider clock)
{
    /// <param name="proposal">Cleared.</param>
    /// <param name="atDeadline">No more time is given: still empty is an outcome too.</param>
    /// <returns>
    /// <see langword="null"/> while a match may still come. <see cref="MatchOutcome.ClearNotShown"/> is no result yet either, and is given
    /// before the deadline only.
    /// </returns>
    public async Task<MatchResult?> ReadAsync(
        Tenant tenant, Proposal proposal, bool atDeadline, CancellationToken cancellationToken)
    {
        var user = await directory.FindUserAsync(tenant, proposal.UserId, cancellationToken);

        return user is null
            ? new(MatchOutcome.UserDeleted, "The user was deleted after the clear. If that was a mistake, restore it in Entra.")
            : user is { IsSynced: false, Anchor: null }
                ? await WithoutMatchAsync(tenant, proposal, user, atDeadline, cancellationToken)
            : MayBeLate(proposal, user) && !atDeadline
                ? new(MatchOutcome.ClearNotShown, null)
            : OfAnchor(proposal, user);
    }

    /// <summary>A read has shown the clear before; this one may come from a replica that has not heard of it.</summary>
    private bool MayBeLate(Proposal proposal, CloudUser user) =>
        !user.IsSynced && user.Anchor == proposal.Anchor
        && clock.GetUtcNow() - proposal.ClearedAt < options.CurrentValue.ClaimDuration;

    private static MatchResult OfAnchor(Proposal proposal, CloudUser user) =>
        user is { IsSynced: true, Anchor: { } anchor } && anchor == proposal.Evidence.ExpectedAnchor
            ? new(MatchOutcome.Matched, null)
        : user.IsSynced
            ? new(MatchOutcome.OtherAnchor,
                $"Sync matched the user to another account: its anchor is {user.Anchor?.Value ?? "empty"}, "
                + $"expected was {proposal.Evidence.ExpectedAnchor?.Value ?? "no match"}. Find that account in AD before anything else is changed.")
        : user.Anchor == proposal.Anchor && proposal.Kind is ProposalKind.ClearObjectIdentifier
            ? new(MatchOutcome.SetByHand, "The user has its old anchor again: the clear of the anchor was restored, or someone set it by hand.")
        : user.Anchor == proposal.Anchor && proposal.Restore is not null
            ? new(MatchOutcome.SetByHand,
                "The user has its old anchor again: the restore was made although its answer was lost, or someone set it by hand.")
        : user.Anchor == proposal.Anchor
            ? new(MatchOutcome.SetByHand, "The user has its old anchor again, without a restore of ours: someone set it by hand.")
        : new(MatchOutcome.SetByHand,
            $"The user is not synced, yet it has the anchor {user.Anchor}: someone set it by hand. Ask them before it is changed.");

    private async Task<MatchResult?> WithoutMatchAsync(
        Tenant tenant, Proposal proposal, CloudUser user, bool atDeadline, CancellationToken cancellationToken)
    {
        if (proposal.Evidence.ExpectedAnchor is not { } expected)
        {
            return atDeadline ? NoneExpected(tenant) : null;
        }

        var holders = await directory.FindAnchorHoldersAsync(tenant, expected, cancellationToken);

        // The index may know of the user's own match before the read of the user does.
        if (holders.FirstOrDefault(h => h != user.Id) is var holder && holder != default)
        {
            return new(MatchOutcome.OtherUser,
                $"Sync made or matched another user, {holder}, for the on-premises account. "
                + "Remove that duplicate for good and run a delta sync.");
        }

        var duplicates = await directory.FindDuplicatesAsync(tenant, cancellationToken);

        if (duplicates.IsKnown && duplicates.Value.FirstOrDefault(d => d.IsOf(user)) is { } duplicate)
        {
            return new(MatchOutcome.DuplicateInQuarantine,
                $"Sync made {duplicate.UserPrincipalName} ({duplicate.UserId}) and put its {duplicate.ConflictingValue} in quarantine, because this user owns it. "
                + "Remove that duplicate for good and run a delta sync.");
        }

        return atDeadline ? await AtDeadlineAsync(tenant, expected, cancellationToken) : null;
    }

    private static MatchResult NoneExpected(Tenant tenant) => new(
        MatchOutcome.NoMatch,
        $"No account was expected to match, and none did within {tenant.Policy.VerificationDeadlineHours} hours: the user is cloud-only. "
        + "No sync can prove more; the anchor can still be put back.");

    private async Task<MatchResult> AtDeadlineAsync(Tenant tenant, SourceAnchor expected, CancellationToken cancellationToken)
    {
        var deleted = await directory.FindSoftDeletedHoldersAsync(tenant, expected, cancellationToken);

        return deleted is { IsKnown: true, Value: [var ghost, ..] }
            ? new(MatchOutcome.OtherUserDeleted,
                $"The deleted user {ghost} holds the expected anchor, so sync will restore that one instead. Remove it for good and run a delta sync.")
            : new(MatchOutcome.NoMatch,
                $"No match within {tenant.Policy.VerificationDeadlineHours} hours. Check that the on-premises account is in sync scope and look "
                + "for export errors on the sync server.");
    }
}
