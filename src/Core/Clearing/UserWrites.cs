using Reanchor.Proposals;

namespace Reanchor.Clearing;

/// <summary>
/// Keeps a clear and a restore of one user apart when they are two proposals. Each is stored before it looks for the other, so at least
/// one of them sees it: a clear that sees a restore is not made, a restore waits until the clear's claim is over.
/// </summary>
public sealed class UserWrites(IProposalStore proposals, TimeProvider clock)
{
    /// <param name="clear">Once it is stored with a claim, and this says nothing, no restore begins to write before the claim ends.</param>
    /// <returns>Why it must not be made; <see langword="null"/> when no restore speaks against it.</returns>
    public ValueTask<string?> ObjectionToClearAsync(Proposal clear, CancellationToken cancellationToken) =>
        Others(clear, cancellationToken)
            .Select(other => other.Status switch
            {
                ProposalStatus.Restoring => $"The user's anchor is being put back, by the proposal {other.Id}.",
                ProposalStatus.Restored when other.StatusAt > clear.ProposedAt =>
                    $"The user's anchor was put back after this was proposed, by the proposal {other.Id}.",
                _ => null,
            })
            .FirstOrDefaultAsync(objection => objection is not null, cancellationToken);

    /// <summary>Once the restore is stored as asked for, a clear without a live claim comes by <see cref="ObjectionToClearAsync"/> before it writes.</summary>
    /// <returns>The clear that may be on its way to the user, with its claim; <see langword="null"/> when there is none.</returns>
    public ValueTask<Proposal?> FindClearAsync(Proposal restore, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return Others(restore, cancellationToken)
            .FirstOrDefaultAsync(other => other is { Status: ProposalStatus.Clearing, Claim: { } claim } && claim.IsAlive(now), cancellationToken);
    }

    private IAsyncEnumerable<Proposal> Others(Proposal proposal, CancellationToken cancellationToken) =>
        proposals.ListOfUserAsync(proposal.Tenant, proposal.UserId, cancellationToken)
            .Select(found => found.Item)
            .Where(other => other.Id != proposal.Id);
}
