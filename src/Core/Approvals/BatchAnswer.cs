using Reanchor.Access;
using Reanchor.Proposals;

namespace Reanchor.Approvals;

/// <summary>What a workflow says was answered. Stored by name.</summary>
public enum BatchDecision
{
    Approve,
    Reject,

    /// <summary>Nobody answered in time, or the question could not be delivered.</summary>
    NoAnswer,
}

/// <summary>The answer to a batch, as the workflow reported it.</summary>
/// <param name="Key">The report's idempotency key: the same report may come again.</param>
/// <param name="Fingerprint">Of everything that was reported, to tell a repeat from another report under the same key.</param>
/// <param name="AnsweredBy">Who is said to have answered; <see langword="null"/> when nobody did.</param>
/// <param name="RelayedBy">The workflow, by the identity it signed in with.</param>
public sealed record BatchAnswer(
    BatchDecision Decision,
    string Reason,
    string Key,
    string Fingerprint,
    AssertedAnswer? AnsweredBy,
    Actor RelayedBy,
    DateTimeOffset At)
{
    /// <summary>What came of it for each proposal; <see langword="null"/> until all of them have heard it.</summary>
    public IReadOnlyList<BatchResult>? Results { get; init; }
}

public sealed record BatchResult(ProposalId Proposal, DecisionOutcome Outcome, ProposalStatus? Status);
