using Reanchor.Anchors;
using Reanchor.Proposals;
using Reanchor.Scanning;

namespace Reanchor.Diagnosis;

/// <summary>
/// The other cure of a leftover anchor: keep it, and write it into the on-premises account's mS-DS-ConsistencyGuid, so that the next
/// sync hard matches the two. Reanchor writes to no AD: the steps are for the on-premises administrator.
/// </summary>
public sealed record HardMatchPlan
{
    public required ProposalId ProposalId { get; init; }

    public required Guid UserId { get; init; }

    public required string UserPrincipalName { get; init; }

    /// <summary>The anchor as the proposal saw it.</summary>
    public required SourceAnchor Anchor { get; init; }

    /// <summary>The GUID inside the anchor; <see langword="null"/> when it is not one.</summary>
    public required Guid? AnchorGuid { get; init; }

    /// <summary><see langword="null"/> when the proposal has no partner; then there is nothing to hard match.</summary>
    public required Partner? Account { get; init; }

    public required HardMatchAdvice Advice { get; init; }

    /// <summary>What to make of it, in a few sentences.</summary>
    public required string Summary { get; init; }

    /// <summary>Everything that was looked at, what speaks against it first.</summary>
    public required IReadOnlyList<DiagnosisCheck> Checks { get; init; }

    /// <summary>What the administrator should know; none of these forbids it.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>In this order. Empty unless <see cref="Advice"/> is <see cref="HardMatchAdvice.Possible"/>.</summary>
    public required IReadOnlyList<HardMatchStep> Steps { get; init; }

    /// <summary><see langword="null"/> when there are no steps.</summary>
    public required HardMatchStep? Undo { get; init; }
}
