namespace Reanchor.Access;

/// <summary>A collector's keys made void.</summary>
public sealed record KeyRevocation(Actor RevokedBy, DateTimeOffset RevokedAt, string Reason);
