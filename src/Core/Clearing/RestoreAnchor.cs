using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

public sealed record RestoreAnchor(TenantId Tenant, ProposalId Proposal) : DirectoryCommand, IQueuedCommand
{
    public static RestoreAnchor Of(Proposal proposal) => new(proposal.Tenant, proposal.Id) { TraceParent = proposal.TraceParent };

    public override string Subject() => Proposal.ToString();

    static string IQueuedCommand.QueueName => QueueNames.Restores;
}

public enum RestoreOutcome
{
    Restored,
    NotRequested,
    Paused,

    /// <summary>Too late, or something else holds the anchor. The proposal says which.</summary>
    Refused,

    /// <summary>Another delivery was faster; the queue looks again.</summary>
    ClaimedElsewhere,

    /// <summary>A write may be under way, or replicas do not show it yet; the queue looks again.</summary>
    NotShownYet,
}
