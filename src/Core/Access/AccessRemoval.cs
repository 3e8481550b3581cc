namespace Reanchor.Access;

/// <summary>Access taken back.</summary>
public sealed record AccessRemoval(Actor RemovedBy, DateTimeOffset RemovedAt, string Reason);
