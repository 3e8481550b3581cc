using Microsoft.Extensions.Logging;
using Reanchor.Auditing;

namespace Reanchor.Proposals;

/// <summary>The ledger of proposals.</summary>
public sealed class ProposalLedger(IProposalStore proposals, IAuditTrail audit, ILogger<ProposalLedger> logger)
    : StateLedger<Proposal>(proposals, audit)
{
    /// <summary>Calls for a person where a step ended badly, whether the trail can be told or not.</summary>
    public override void Announce(Proposal before, Proposal after)
    {
        if (after.Status is ProposalStatus.Refused or ProposalStatus.Inconclusive
            || (before.Status is ProposalStatus.Restoring && after.Status is ProposalStatus.Cleared))
        {
            logger.EndedBadly(after.Tenant, after.Id, ProposalTrail.EventOf(after).Type);
        }
    }

    /// <summary>Tells the events that a crash kept from the trail.</summary>
    public Task MaintainAsync(Proposal proposal, DateTimeOffset now, CancellationToken cancellationToken) =>
        SettleRecentAsync(
            proposal, proposal.Decisions.Select(d => d.DecidedAt).Append(proposal.StatusAt).Max(), now, cancellationToken);

    protected override IEnumerable<AuditEvent> EventsOf(Proposal state) => [ProposalTrail.EventOf(state), .. ProposalTrail.Heard(state)];
}
