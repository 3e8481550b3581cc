using Reanchor.Access;

namespace Reanchor.Proposals;

/// <summary>Who asked for the old anchor back, when and why.</summary>
public sealed record RestoreRequest(Actor RequestedBy, DateTimeOffset RequestedAt, string Reason);
