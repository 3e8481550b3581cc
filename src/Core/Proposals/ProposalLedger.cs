using Reanchor.Auditing;

namespace Reanchor.Proposals;

/// <summary>Moves proposals from state to state and keeps the audit trail in step, whatever crashes in between.</summary>
public sealed class ProposalLedger(IProposalStore proposals, IAuditTrail audit)
{
    /// <returns><see langword="false"/> if the proposal exists already; its event is on record then too.</returns>
    public async Task<bool> TryAddAsync(Proposal proposal, CancellationToken cancellationToken)
    {
        var added = await proposals.TryAddAsync(proposal, cancellationToken);

        if (added)
        {
            await SettleAsync(proposal, cancellationToken);
        }

        return added;
    }

    /// <summary>Finishes what a crash may have interrupted: the events of the state that is stored.</summary>
    public async Task SettleAsync(Proposal proposal, CancellationToken cancellationToken)
    {
        await audit.AppendAsync(ProposalTrail.EventOf(proposal), cancellationToken);

        foreach (var heard in ProposalTrail.Heard(proposal))
        {
            await audit.AppendAsync(heard, cancellationToken);
        }
    }

    /// <summary>Both states' events are durable when this returns, the earlier one before the change is made.</summary>
    /// <returns>The new version, or <see langword="null"/> if someone else wrote first.</returns>
    public async Task<Versioned<Proposal>?> TryMoveAsync(
        Versioned<Proposal> current, Proposal changed, CancellationToken cancellationToken)
    {
        await SettleAsync(current.Item, cancellationToken);
        var moved = await proposals.TryUpdateAsync(current, changed, cancellationToken);

        if (moved is not null)
        {
            await SettleAsync(moved.Item, cancellationToken);
        }

        return moved;
    }
}
