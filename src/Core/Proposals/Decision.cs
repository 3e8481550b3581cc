using Reanchor.Access;

namespace Reanchor.Proposals;

/// <summary>What one person said to a proposal.</summary>
/// <param name="DecidedBy">Whose sign-in Reanchor verified: the person, or the workflow that relayed their answer.</param>
/// <param name="Digest">The digest of what they saw.</param>
public sealed record Decision(bool Approved, Actor DecidedBy, DateTimeOffset DecidedAt, string Reason, string Digest)
{
    /// <summary>Who is said to have answered; <see langword="null"/> when <see cref="DecidedBy"/> signed in and answered themselves.</summary>
    public AssertedAnswer? Asserted { get; init; }

    /// <summary>The group by which the policy let them approve; <see langword="null"/> when it named nobody, or them in person.</summary>
    public Guid? ApproverGroup { get; init; }

    /// <summary><see langword="false"/> for advice: kept for whoever decides, and no step towards a clear.</summary>
    public bool Counts { get; init; } = true;
}

/// <summary>
/// A person of whom Reanchor knows only what a workflow's connector says. The workflow's own identity is verified, theirs is not.
/// </summary>
/// <param name="Batch">The batch that was answered.</param>
/// <param name="ObjectId">Their id in Entra; <see langword="null"/> when the connector does not say.</param>
/// <param name="TenantId">The directory of that id; <see langword="null"/> when the connector does not say.</param>
/// <param name="Name">A name or address, for people to read.</param>
public sealed record AssertedAnswer(string Batch, Guid? ObjectId, Guid? TenantId, string? Name);
