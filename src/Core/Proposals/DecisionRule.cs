using Reanchor.Access;
using Reanchor.Tenants;

namespace Reanchor.Proposals;

/// <summary>Who may decide what, and what their word is worth.</summary>
public static class DecisionRule
{
    /// <returns>Why the decision is not taken; <see langword="null"/> when it is.</returns>
    public static DecisionOutcome? Objection(Proposal proposal, DecideProposal command, TenantPolicy policy, DateTimeOffset now) =>
        command.Asserted is null && command.DecidedBy.Kind is not ActorKind.Person ? DecisionOutcome.NotAPerson
        : proposal.Status is ProposalStatus.Expired ? DecisionOutcome.Expired
        : proposal.Status is not ProposalStatus.Pending ? DecisionOutcome.AlreadyDecided
        : proposal.HasExpired(now) ? DecisionOutcome.Expired
        : command.Digest != proposal.Digest || !proposal.DigestHolds ? DecisionOutcome.Changed
        : command.Approve ? ObjectionToApproval(proposal, command, policy)
        : null;

    /// <summary>
    /// A relayed answer counts where the policy relies on the workflow and one person is enough, and only if it says who answered:
    /// without an id nobody can tell whether it was the one who asked.
    /// </summary>
    /// <param name="proposal">With as many approvals required as the policy asks for now.</param>
    public static bool Counts(Proposal proposal, DecideProposal command, TenantPolicy policy) =>
        command.Asserted is not { } asserted
        || (policy.AssertedDecisionsCount && asserted.ObjectId is not null && (!command.Approve || proposal.RequiredApprovals <= 1));

    /// <summary>Whether an approval that was given would still be one: a policy that was tightened since holds for clears not made yet.</summary>
    public static bool StillCounts(Decision approval, TenantPolicy policy) =>
        (approval.Asserted is null || policy.AssertedDecisionsCount)
        && (policy.ApproverIds.Count == 0
            || (approval.ApproverGroup is { } group && policy.ApproverIds.Contains(group))
            || (IdOf(approval) is { } id && policy.ApproverIds.Contains(id)));

    /// <returns>The group of the policy's approvers that who decides is a member of; <see langword="null"/> when there is none.</returns>
    public static Guid? GroupOf(DecideProposal command, TenantPolicy policy) =>
        policy.ApproverIds.Where(command.MemberOf.Contains).Cast<Guid?>().FirstOrDefault();

    private static DecisionOutcome? ObjectionToApproval(Proposal proposal, DecideProposal command, TenantPolicy policy) =>
        IsBy(command, proposal.RequestedBy.Id) || IsBy(command, proposal.ResumedBy?.Id) ? DecisionOutcome.OwnRequest
        : proposal.Evidence.ImportedBy.Any(id => IsBy(command, id)) ? DecisionOutcome.OwnImport
        : policy.ApproverIds.Count > 0 && !IsNamed(command, policy.ApproverIds) ? DecisionOutcome.NotAnApprover
        : command.Asserted is null && proposal.Decisions.Any(d => d is { Approved: true, Asserted: null } && IsBy(command, d.DecidedBy.Id))
            ? DecisionOutcome.ApprovedBefore
        : null;

    /// <summary>Whether that id signed in with the decision, or is said to have answered.</summary>
    private static bool IsBy(DecideProposal command, string? id) =>
        id is not null
        && (string.Equals(id, command.DecidedBy.Id, StringComparison.OrdinalIgnoreCase)
            || (command.Asserted?.ObjectId is { } answeredBy && string.Equals(id, answeredBy.ToString("D"), StringComparison.OrdinalIgnoreCase)));

    private static Guid? IdOf(Decision decision) => decision.Asserted is { } asserted ? asserted.ObjectId
        : Guid.TryParse(decision.DecidedBy.Id, out var id) ? id : null;

    private static bool IsNamed(DecideProposal command, IReadOnlyList<Guid> named) => command.Asserted is { } asserted
        ? asserted.ObjectId is { } answeredBy && named.Contains(answeredBy)
        : (Guid.TryParse(command.DecidedBy.Id, out var id) && named.Contains(id)) || named.Any(command.MemberOf.Contains);
}
