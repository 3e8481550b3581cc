using Reanchor.Access;
using Reanchor.Proposals;

namespace Reanchor.Auditing;

/// <summary>
/// The event that a proposal's state calls for. State is written first and its event derived from it, so whoever comes by later
/// (a redelivered message, the maintenance timer) completes the trail after a crash, and always with the same event.
/// </summary>
public static class ProposalTrail
{
    public static AuditEvent EventOf(Proposal proposal) => proposal.Status switch
    {
        ProposalStatus.Pending when proposal.Kind is ProposalKind.ClearObjectIdentifier => new ObjectIdentifierClearProposed(
            Header(proposal) with { Actor = proposal.RequestedBy, Reason = proposal.RequestReason })
        {
            ObjectIdentifier = proposal.OnPremises.ObjectIdentifier,
            Evidence = proposal.Evidence,
            Digest = proposal.Digest,
            ExpiresAt = proposal.ExpiresAt,
        },
        ProposalStatus.Clearing when proposal.Kind is ProposalKind.ClearObjectIdentifier => new ObjectIdentifierClearStarted(Header(proposal))
        {
            OldValues = proposal.OnPremises,
            Digest = proposal.Digest,
            ApprovedBy = Approvers(proposal),
        },
        ProposalStatus.Cleared or ProposalStatus.Inconclusive when proposal.Restore is not null =>
            new RestoreRefused(Header(proposal)) { Cause = proposal.RefusalCause },
        ProposalStatus.Cleared when proposal.Kind is ProposalKind.ClearObjectIdentifier =>
            new ObjectIdentifierCleared(Header(proposal)) { OldObjectIdentifier = proposal.OnPremises.ObjectIdentifier },
        ProposalStatus.Pending => new ClearProposed(Header(proposal))
        {
            Anchor = proposal.Anchor,
            Evidence = proposal.Evidence,
            Digest = proposal.Digest,
            ExpiresAt = proposal.ExpiresAt,
        },
        ProposalStatus.Approved => new ProposalApproved(Decided(proposal, proposal.Decisions[^1]))
        {
            Digest = proposal.Decisions[^1].Digest,
            Asserted = proposal.Decisions[^1].Asserted,
        },
        ProposalStatus.Rejected => new ProposalRejected(Decided(proposal, proposal.Decisions[^1]))
        {
            Digest = proposal.Decisions[^1].Digest,
            Asserted = proposal.Decisions[^1].Asserted,
        },
        ProposalStatus.Expired => new ProposalExpired(Header(proposal)),
        ProposalStatus.Superseded => new ProposalSuperseded(Header(proposal)),
        ProposalStatus.Clearing => new ClearStarted(Header(proposal))
        {
            OldAnchor = proposal.Anchor,
            OldValues = proposal.OnPremises,
            OnPremisesSyncEnabled = proposal.OnPremisesSyncEnabled,
            Digest = proposal.Digest,
            ApprovedBy = Approvers(proposal),
        },
        ProposalStatus.Cleared => new AnchorCleared(Header(proposal)) { OldAnchor = proposal.Anchor },
        ProposalStatus.Refused => new ClearRefused(Header(proposal)) { Cause = proposal.RefusalCause },
        ProposalStatus.Verified => new MatchVerified(Header(proposal)) { NewAnchor = proposal.Evidence.ExpectedAnchor! },
        ProposalStatus.Inconclusive => new VerificationInconclusive(Header(proposal))
        {
            Outcome = proposal.Match,
            ExpectedAnchor = proposal.Evidence.ExpectedAnchor,
        },
        ProposalStatus.Restoring => new RestoreRequested(Header(proposal) with
        {
            Actor = proposal.Restore!.RequestedBy,
            Reason = proposal.Restore.Reason,
        })
        {
            OldAnchor = proposal.Anchor,
        },
        ProposalStatus.Restored => new AnchorRestored(Header(proposal)) { Anchor = proposal.Anchor },
        _ => throw new InvalidOperationException($"No event tells of the status {proposal.Status}."),
    };

    /// <summary>
    /// The decisions that a pending proposal has heard. They are on record before it moves on, so no later state has to tell them.
    /// </summary>
    public static IEnumerable<AuditEvent> Heard(Proposal proposal) => proposal.Status is not ProposalStatus.Pending
        ? []
        : proposal.Decisions.Select<Decision, AuditEvent>(decision => decision.Counts
            ? new ApprovalGiven(Decided(proposal, decision) with { At = decision.DecidedAt }) { Digest = decision.Digest }
            : new AdviceGiven(Decided(proposal, decision) with { At = decision.DecidedAt }) { Approve = decision.Approved, Digest = decision.Digest, Asserted = decision.Asserted });

    private static EventHeader Header(Proposal proposal) => new(proposal.Tenant, proposal.StatusAt, Actor.System)
    {
        UserId = proposal.UserId,
        Proposal = proposal.Id,
        Scan = proposal.Scan,
        Reason = proposal.Refusal,
    };

    private static IReadOnlyList<Actor> Approvers(Proposal proposal) =>
        [.. proposal.Decisions.Where(d => d is { Approved: true, Counts: true }).Select(d => d.DecidedBy)];

    private static EventHeader Decided(Proposal proposal, Decision decision) => Header(proposal) with
    {
        Actor = decision.DecidedBy,
        Reason = decision.Reason,
    };
}
