using Reanchor.Access;

namespace Reanchor.Proposals;

/// <summary>What one person said to a proposal.</summary>
/// <param name="Digest">The digest of what they saw.</param>
public sealed record Decision(bool Approved, Actor DecidedBy, DateTimeOffset DecidedAt, string Reason, string Digest);
