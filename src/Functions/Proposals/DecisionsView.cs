using Reanchor.Proposals;

namespace Reanchor.Functions.Proposals;

/// <summary>What came of each of many decisions, in the order they were sent.</summary>
public sealed record DecisionsView(IReadOnlyList<DecisionOutcomeView> Items);

/// <param name="Detail">Why it was not taken, or who is still needed; <see langword="null"/> when nothing is to be said.</param>
/// <param name="Status">Of the proposal now; <see langword="null"/> when there is none.</param>
public sealed record DecisionOutcomeView(ProposalId ProposalId, DecisionOutcome Outcome, string? Detail, ProposalStatus? Status);
