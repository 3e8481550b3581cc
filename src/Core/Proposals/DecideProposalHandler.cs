using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Approvals;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Queueing;
using Reanchor.Tenants;

namespace Reanchor.Proposals;

/// <param name="Digest">The digest of what the person saw.</param>
/// <param name="Reason">Not empty.</param>
/// <param name="DecidedBy">Whose sign-in was verified.</param>
public sealed record DecideProposal(
    TenantId Tenant, ProposalId Proposal, bool Approve, string Digest, string Reason, Actor DecidedBy)
{
    /// <summary>Who is said to have answered; <see langword="null"/> when <see cref="DecidedBy"/> did so themselves.</summary>
    public AssertedAnswer? Asserted { get; init; }

    /// <summary>When the relayed answer came; <see langword="null"/> when it comes now.</summary>
    public DateTimeOffset? AnsweredAt { get; init; }

    /// <summary>The groups that <see cref="DecidedBy"/> is known to be a member of.</summary>
    public IReadOnlyCollection<Guid> MemberOf { get; init; } = [];
}

/// <param name="Proposal">As it stands after the call; <see langword="null"/> when there is none.</param>
public sealed record DecisionResult(DecisionOutcome Outcome, Proposal? Proposal);

public sealed class DecideProposalHandler(
    ITenantStore tenants,
    IProposalStore proposals,
    ProposalLedger ledger,
    BatchClosing batches,
    IAuditTrail audit,
    ICommandQueue queue,
    TimeProvider clock,
    ILogger<DecideProposalHandler> logger)
{
    public async Task<DecisionResult> HandleAsync(DecideProposal command, CancellationToken cancellationToken)
    {
        var policy = (await tenants.FindAsync(command.Tenant, cancellationToken))?.Item.Policy ?? TenantPolicy.Default;

        while (true)
        {
            var found = await proposals.FindAsync(command.Tenant, command.Proposal, cancellationToken);

            if (found is null)
            {
                return new(DecisionOutcome.NotFound, null);
            }

            if (command.Asserted is { } asserted && found.Item.Decisions.FirstOrDefault(d => d.Asserted?.Batch == asserted.Batch) is { } before)
            {
                // The same answer once more, after a crash or a lost reply.
                await SendAsync(found.Item, cancellationToken);
                return new(OutcomeOf(before), found.Item);
            }

            var now = clock.GetUtcNow();

            if (DecisionRule.Objection(found.Item, command, policy, now) is { } objection)
            {
                return await RefuseAsync(found.Item, command, objection, now, cancellationToken);
            }

            var asked = found.Item.Require(ApprovalRule.Required(policy, found.Item));
            var decision = new Decision(command.Approve, command.DecidedBy, now, command.Reason, command.Digest)
            {
                Asserted = command.Asserted,
                ApproverGroup = DecisionRule.GroupOf(command, policy),
                Counts = DecisionRule.Counts(asked, command, policy),
            };

            // Whoever wrote in between is heard first; this decision is then weighed anew, beside theirs.
            if (await ledger.TryMoveAsync(found, asked.Decide(decision), cancellationToken) is { } decided)
            {
                await SendAsync(decided.Item, cancellationToken);
                await NoteAsync(decided.Item, command, cancellationToken);
                logger.ProposalDecided(command.Tenant, command.Proposal, decided.Item.Status);
                return new(OutcomeOf(decision), decided.Item);
            }
        }
    }

    private static DecisionOutcome OutcomeOf(Decision decision) => decision.Counts ? DecisionOutcome.Recorded : DecisionOutcome.Advice;

    private async Task SendAsync(Proposal proposal, CancellationToken cancellationToken)
    {
        if (proposal.Status is ProposalStatus.Approved)
        {
            await queue.SendAsync(ApplyClear.Of(proposal), TimeSpan.Zero, cancellationToken);
        }
    }

    /// <summary>An answer to a whole batch sends word itself, once.</summary>
    private async Task NoteAsync(Proposal decided, DecideProposal command, CancellationToken cancellationToken)
    {
        if (command.Asserted is null && decided.Status is not ProposalStatus.Pending)
        {
            await batches.NoteAsync(decided.Tenant, decided.Scan, cancellationToken);
        }
    }

    private async Task<DecisionResult> RefuseAsync(
        Proposal proposal,
        DecideProposal command,
        DecisionOutcome outcome,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        // A relayed answer may be carried to its proposals twice; it is refused once.
        var header = new EventHeader(command.Tenant, command.AnsweredAt ?? now, command.DecidedBy)
        {
            UserId = proposal.UserId,
            Proposal = command.Proposal,
            Reason = command.Reason,
        };

        await audit.AppendAsync(
            new DecisionRefused(header) { Approve = command.Approve, Outcome = outcome, Asserted = command.Asserted }, cancellationToken);
        logger.DecisionRefused(command.Tenant, command.Proposal, outcome);
        return new(outcome, proposal);
    }
}
