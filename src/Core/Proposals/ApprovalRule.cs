using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Proposals;

/// <summary>How many people have to approve a proposal before it is cleared.</summary>
public static class ApprovalRule
{
    /// <returns>1 or 2.</returns>
    public static int Required(TenantPolicy policy, Proposal proposal) =>
        proposal.FoundTogether > policy.TwoApprovalsAbove || TakesTwo(policy.TwoApprovals, proposal) ? 2 : 1;

    /// <summary>It cannot be undone, or no sync is expected to prove it right.</summary>
    public static bool IsRisky(Proposal proposal) =>
        proposal.Kind is ProposalKind.ClearObjectIdentifier
        || proposal.Evidence.Partner is null
        || proposal.Evidence.Prediction is not Prediction.SoftMatch;

    /// <summary>Approvers are warned of something that they are not warned of everywhere.</summary>
    public static bool IsWarned(Proposal proposal) => proposal.Warnings.Any(warning => warning != MatchWarnings.OfEveryMatch);

    private static bool TakesTwo(TwoApprovals two, Proposal proposal) => two switch
    {
        TwoApprovals.Never => false,
        TwoApprovals.Risky => IsRisky(proposal),
        TwoApprovals.Warned => IsRisky(proposal) || IsWarned(proposal),
        _ => true,
    };
}
