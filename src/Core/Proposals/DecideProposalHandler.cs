using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Queueing;
using Reanchor.Tenants;

namespace Reanchor.Proposals;

/// <param name="Digest">The digest of what the person saw.</param>
/// <param name="Reason">Not empty.</param>
public sealed record DecideProposal(
    TenantId Tenant, ProposalId Proposal, bool Approve, string Digest, string Reason, Actor DecidedBy);

/// <param name="Proposal">As it stands after the call; <see langword="null"/> when there is none.</param>
public sealed record DecisionResult(DecisionOutcome Outcome, Proposal? Proposal);

public sealed class DecideProposalHandler(
    IProposalStore proposals,
    ProposalLedger ledger,
    IAuditTrail audit,
    ICommandQueue queue,
    TimeProvider clock,
    ILogger<DecideProposalHandler> logger)
{
    public async Task<DecisionResult> HandleAsync(DecideProposal command, CancellationToken cancellationToken)
    {
        var found = await proposals.FindAsync(command.Tenant, command.Proposal, cancellationToken);

        if (found is null)
        {
            return new(DecisionOutcome.NotFound, null);
        }

        var now = clock.GetUtcNow();

        if (Objection(found.Item, command, now) is { } objection)
        {
            return await RefuseAsync(found.Item, command, objection, now, cancellationToken);
        }

        var decision = new Decision(command.Approve, command.DecidedBy, now, command.Reason, command.Digest);
        var decided = await ledger.TryMoveAsync(found, found.Item.Decide(decision), cancellationToken);

        if (decided is null)
        {
            var theirs = await proposals.FindAsync(command.Tenant, command.Proposal, cancellationToken);
            return await RefuseAsync(theirs!.Item, command, DecisionOutcome.AlreadyDecided, now, cancellationToken);
        }

        if (command.Approve)
        {
            await queue.SendAsync(new ApplyClear(command.Tenant, command.Proposal), TimeSpan.Zero, cancellationToken);
        }

        logger.ProposalDecided(command.Tenant, command.Proposal, decided.Item.Status);
        return new(DecisionOutcome.Recorded, decided.Item);
    }

    private static DecisionOutcome? Objection(Proposal proposal, DecideProposal command, DateTimeOffset now) =>
        proposal.Status is ProposalStatus.Expired ? DecisionOutcome.Expired
        : proposal.Status is not ProposalStatus.Pending ? DecisionOutcome.AlreadyDecided
        : proposal.HasExpired(now) ? DecisionOutcome.Expired
        : command.Digest != proposal.Digest || !proposal.DigestHolds ? DecisionOutcome.Changed
        : command.Approve && (command.DecidedBy.Id == proposal.RequestedBy.Id || command.DecidedBy.Id == proposal.ResumedBy?.Id)
            ? DecisionOutcome.OwnRequest
        : null;

    private async Task<DecisionResult> RefuseAsync(
        Proposal proposal,
        DecideProposal command,
        DecisionOutcome outcome,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        var header = new EventHeader(command.Tenant, now, command.DecidedBy)
        {
            UserId = proposal.UserId,
            Proposal = command.Proposal,
            Reason = command.Reason,
        };

        await audit.AppendAsync(
            new DecisionRefused(header) { Approve = command.Approve, Outcome = outcome }, cancellationToken);
        logger.DecisionRefused(command.Tenant, command.Proposal, outcome);
        return new(outcome, proposal);
    }
}
