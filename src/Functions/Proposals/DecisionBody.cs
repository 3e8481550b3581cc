using Reanchor.Proposals;

namespace Reanchor.Functions.Proposals;

public enum DecisionKind
{
    Approve,
    Reject,
}

public sealed record DecisionBody
{
    public required DecisionKind Decision { get; init; }

    /// <summary>The digest of the proposal that was looked at.</summary>
    public required string Digest { get; init; }

    public required string Reason { get; init; }
}

/// <summary>One of many decisions.</summary>
public sealed record ProposalDecisionBody
{
    public required ProposalId ProposalId { get; init; }

    public required DecisionKind Decision { get; init; }

    public required string Digest { get; init; }

    public required string Reason { get; init; }
}

public sealed record DecisionsBody
{
    public const int Limit = 500;

    public required IReadOnlyList<ProposalDecisionBody> Decisions { get; init; }
}
