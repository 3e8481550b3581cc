namespace Reanchor.Auditing;

/// <summary>A queue gave up on a message after its last retry.</summary>
public sealed record MessagePoisoned(EventHeader Header) : AuditEvent(Header)
{
    public required string Queue { get; init; }

    /// <summary>The message as it was; it carries ids only.</summary>
    public required string Message { get; init; }

    protected override string Subject => $"{Queue}|{Message}";
}
