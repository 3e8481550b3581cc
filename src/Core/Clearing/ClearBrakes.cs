using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

/// <summary>Holds a clear back: the kill switch, a quarantine, and the limit of an hour.</summary>
public sealed class ClearBrakes(
    IProposalStore proposals,
    IBreakerStore breakers,
    BreakerLedger counting,
    ICommandQueue queue,
    KillSwitch killSwitch,
    TimeProvider clock)
{
    /// <summary>The clocks of the queue and of this host differ a little.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(1);

    /// <summary>Looks at every brake before anything is read from the directory.</summary>
    /// <returns><see langword="null"/> when none holds the clear back.</returns>
    public async Task<ClearOutcome?> HoldAsync(
        Tenant? tenant, Versioned<Proposal> found, CancellationToken cancellationToken)
    {
        var proposal = found.Item;
        var now = clock.GetUtcNow();

        if (now < proposal.Wait?.Until - Tolerance)
        {
            return ClearOutcome.NotDue;
        }

        var state = (await breakers.FindAsync(proposal.Tenant, cancellationToken)).Item;

        if (await killSwitch.IsOnAsync(state, cancellationToken))
        {
            return ClearOutcome.Paused;
        }

        if (state.IsQuarantined)
        {
            return ClearOutcome.Quarantined;
        }

        // A claim was counted when it was made first.
        if (tenant is null || proposal.Status is ProposalStatus.Clearing || state.CountClear(tenant.Policy, now) is not null)
        {
            return null;
        }

        await counting.ChangeAsync(
            proposal.Tenant,
            s => s.LimitReachedAt is null && s.CountClear(tenant.Policy, now) is null ? s.ReachLimit(now) : null,
            cancellationToken);

        var until = state.WindowEndsAt!.Value;
        var wait = new ClearWait(
            $"The tenant has had its {tenant.Policy.MaxClearsPerHour} clears of this hour (policy: maxClearsPerHour).", until);

        if (await proposals.TryUpdateAsync(found, proposal.WaitFor(wait), cancellationToken) is null)
        {
            return ClearOutcome.ClaimedElsewhere;
        }

        await queue.SendAsync(ApplyClear.Of(proposal), until - now, cancellationToken);
        return ClearOutcome.LimitReached;
    }
}
