namespace Reanchor.Auditing;

/// <summary>An administrator keeps a user from being proposed for a while. The reason is theirs.</summary>
public sealed record ExceptionSet(EventHeader Header) : AuditEvent(Header)
{
    public required string Owner { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>An exception was taken back early. The reason says why.</summary>
public sealed record ExceptionRemoved(EventHeader Header) : AuditEvent(Header)
{
    public required string Owner { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>An exception reached its end: the user is judged like any other. The reason is that of the exception.</summary>
public sealed record ExceptionRanOut(EventHeader Header) : AuditEvent(Header)
{
    public required string Owner { get; init; }
}
