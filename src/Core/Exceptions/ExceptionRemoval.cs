using Reanchor.Access;

namespace Reanchor.Exceptions;

/// <summary>An exception taken back early.</summary>
public sealed record ExceptionRemoval(Actor RemovedBy, DateTimeOffset RemovedAt, string Reason);
