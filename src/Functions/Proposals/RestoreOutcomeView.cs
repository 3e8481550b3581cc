using Reanchor.Clearing;
using Reanchor.Proposals;

namespace Reanchor.Functions.Proposals;

/// <summary>What came of the request to put one of a scan's clears back.</summary>
/// <param name="Detail">Why not, and what to do; <see langword="null"/> when it is put back.</param>
public sealed record RestoreOutcomeView(ProposalId ProposalId, RequestRestoreOutcome Outcome, string? Detail, ProposalStatus Status)
{
    public static RestoreOutcomeView Of(RequestRestoreResult result) =>
        new(result.Proposal!.Id, result.Outcome, result.Explanation, result.Proposal.Status);
}
