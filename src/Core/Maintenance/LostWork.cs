using Reanchor.Clearing;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Reanchor.Telemetry;
using Reanchor.Tenants;

namespace Reanchor.Maintenance;

/// <summary>
/// Lets a tenant's unanswered proposals expire, and sends again whatever work a crash, a brake or a given-up message left behind.
/// Every command it sends is safe to receive twice.
/// </summary>
public sealed class LostWork(
    IScanStore scans,
    IProposalStore proposals,
    ProposalLedger ledger,
    IBreakerStore breakers,
    BreakerLedger counting,
    ScanConclusion conclusion,
    ICommandQueue queue,
    KillSwitch killSwitch,
    TimeProvider clock)
{
    /// <summary>A running scan that made no step for this long has lost its message, and so has a verification that is this late.</summary>
    private static readonly TimeSpan LostAfter = TimeSpan.FromMinutes(15);

    /// <returns>How many steps were sent again.</returns>
    public async Task<int> ResumeAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        var state = (await breakers.FindAsync(tenant.Id, cancellationToken)).Item;
        await counting.MaintainAsync(state, cancellationToken);
        var paused = await killSwitch.IsOnAsync(state, cancellationToken);
        var resumed = await ResumeScanAsync(tenant, cancellationToken) ? 1 : 0;

        var now = clock.GetUtcNow();
        var (waiting, oldest) = (0, now);

        await foreach (var proposal in proposals.ListUnsettledAsync(tenant.Id, cancellationToken))
        {
            await ledger.MaintainAsync(proposal.Item, now, cancellationToken);
            resumed += await ResumeAsync(proposal, paused, state.IsQuarantined, cancellationToken) ? 1 : 0;

            if (proposal.Item.Status is ProposalStatus.Pending && !proposal.Item.HasExpired(now))
            {
                waiting++;
                oldest = proposal.Item.ProposedAt < oldest ? proposal.Item.ProposedAt : oldest;
            }
        }

        Metrics.Waiting(tenant.Id, waiting, now - oldest);
        return resumed;
    }

    /// <summary>Tells what a crash kept from the trail of a tenant that was taken off the list: its work is not resumed.</summary>
    public async Task SettleAsync(TenantId removed, CancellationToken cancellationToken)
    {
        await counting.SettleAsync(removed, cancellationToken);

        await foreach (var proposal in proposals.ListUnsettledAsync(removed, cancellationToken))
        {
            await ledger.MaintainAsync(proposal.Item, clock.GetUtcNow(), cancellationToken);
        }
    }

    private async Task<bool> ResumeScanAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        var scan = await scans.FindLatestAsync(tenant.Id, cancellationToken);

        if (scan is null)
        {
            return false;
        }

        if (scan.HasEnded)
        {
            await conclusion.SettleAsync(scan, cancellationToken);
            return false;
        }

        if (scan.Status is not ScanStatus.Queued && clock.GetUtcNow() - scan.ProgressAt < LostAfter)
        {
            return false;
        }

        await queue.SendAsync(ScanTenant.Of(scan), TimeSpan.Zero, cancellationToken);
        return true;
    }

    private async Task<bool> ResumeAsync(
        Versioned<Proposal> found, bool paused, bool quarantined, CancellationToken cancellationToken)
    {
        var proposal = found.Item;
        var now = clock.GetUtcNow();

        switch (proposal.Status)
        {
            case ProposalStatus.Pending when proposal.HasExpired(now):
                await ledger.TryMoveAsync(found, proposal.Expire(now), cancellationToken);
                return false;

            // A live claim has a message of its own that looks after it.
            case ProposalStatus.Clearing or ProposalStatus.Restoring when proposal.Claim is { } claim && claim.IsAlive(now):
                return false;

            // So has one that waits for its hour.
            case ProposalStatus.Approved when now < proposal.Wait?.Until:
                return false;

            // What was begun is settled by reading even while nothing may be written.
            case ProposalStatus.Clearing when proposal.Claim is not null:
            case ProposalStatus.Approved or ProposalStatus.Clearing when !paused && !quarantined:
                await queue.SendAsync(ApplyClear.Of(proposal), TimeSpan.Zero, cancellationToken);
                return true;

            case ProposalStatus.Cleared when now - proposal.NextCheckAt >= LostAfter:
                await queue.SendAsync(VerifyClear.Of(proposal), TimeSpan.Zero, cancellationToken);
                return true;

            case ProposalStatus.Restoring when !paused || proposal.Claim is not null:
                await queue.SendAsync(RestoreAnchor.Of(proposal), TimeSpan.Zero, cancellationToken);
                return true;

            default:
                return false;
        }
    }
}
