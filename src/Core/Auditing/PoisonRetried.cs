namespace Reanchor.Auditing;

/// <summary>Somebody had a message sent back to its queue that the queue had given up on.</summary>
public sealed record PoisonRetried(EventHeader Header) : AuditEvent(Header)
{
    public required string Queue { get; init; }

    /// <summary>The id of the poison message; <see cref="MessagePoisoned"/> has its text.</summary>
    public required string Item { get; init; }

    protected override string Subject => Item;
}
