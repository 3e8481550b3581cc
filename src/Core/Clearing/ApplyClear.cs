using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

public sealed record ApplyClear(TenantId Tenant, ProposalId Proposal) : DirectoryCommand, IQueuedCommand
{
    public static ApplyClear Of(Proposal proposal) => new(proposal.Tenant, proposal.Id) { TraceParent = proposal.TraceParent };

    public override string Subject() => Proposal.ToString();

    static string IQueuedCommand.QueueName => QueueNames.Clears;
}

public enum ClearOutcome
{
    Cleared,

    /// <summary>There is no such proposal, or it is not approved: a second delivery, or a forged message.</summary>
    NotApproved,

    /// <summary>The account, the evidence or the tenant changed since the approval.</summary>
    Superseded,

    /// <summary>Another delivery was faster; the queue looks again.</summary>
    ClaimedElsewhere,

    /// <summary>A write may be under way, or replicas do not show it yet; the queue looks again.</summary>
    NotShownYet,

    /// <summary>The clear was accepted, or may have been, yet no read ever showed it.</summary>
    Inconclusive,

    /// <summary>The tenant has had its clears of this hour; the queue tries again when it is over.</summary>
    LimitReached,

    /// <summary>It waits for its hour, and another message is queued for then.</summary>
    NotDue,

    /// <summary>The tenant is in quarantine. It stays as it is; the lift sends it again.</summary>
    Quarantined,

    /// <summary>Writes are paused, or the tenant was removed in the middle. It stays as it is; maintenance tries again.</summary>
    Paused,

    /// <summary>The directory said no.</summary>
    Refused,
}
