using Reanchor.Proposals;

namespace Reanchor.Auditing;

/// <summary>A queue gave up on a message after its last retry.</summary>
public sealed record MessagePoisoned(EventHeader Header) : AuditEvent(Header)
{
    public required string Queue { get; init; }

    /// <summary>The message as it was; it carries ids only.</summary>
    public required string Message { get; init; }

    protected override string Subject => $"{Queue}|{Message}";
}

/// <summary>Somebody had a message sent back to its queue that the queue had given up on.</summary>
public sealed record PoisonRetried(EventHeader Header) : AuditEvent(Header)
{
    public required string Queue { get; init; }

    /// <summary>The id of the poison message; <see cref="MessagePoisoned"/> has its text.</summary>
    public required string Item { get; init; }

    protected override string Subject => Item;
}

/// <summary>A message that a queue had given up on has nothing left to do: its proposal moved on without it.</summary>
public sealed record PoisonOvertaken(EventHeader Header) : AuditEvent(Header)
{
    public required string Queue { get; init; }

    /// <summary>The id of the poison message; <see cref="MessagePoisoned"/> has its text.</summary>
    public required string Item { get; init; }

    /// <summary>Where the proposal stood then.</summary>
    public required ProposalStatus Status { get; init; }

    protected override string Subject => Item;
}
