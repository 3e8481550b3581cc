using Reanchor.Auditing;

namespace Reanchor.Proposals;

/// <summary>The ledger of proposals.</summary>
public sealed class ProposalLedger(IProposalStore proposals, IAuditTrail audit) : StateLedger<Proposal>(proposals, audit)
{
    protected override IEnumerable<AuditEvent> EventsOf(Proposal state) => [ProposalTrail.EventOf(state), .. ProposalTrail.Heard(state)];
}
