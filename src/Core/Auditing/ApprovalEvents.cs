using Reanchor.Approvals;
using Reanchor.Proposals;

namespace Reanchor.Auditing;

/// <summary>A workflow was started to ask for approvals.</summary>
public sealed record ApprovalsRequested(EventHeader Header) : AuditEvent(Header)
{
    public required BatchId Batch { get; init; }

    public required string Digest { get; init; }

    /// <summary>How many it asks about.</summary>
    public required int Proposals { get; init; }

    /// <summary>The workflow's name in the settings.</summary>
    public required string Workflow { get; init; }

    public required string? RunId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A workflow reports the answer. What became of each proposal has an event of its own.</summary>
public sealed record BatchAnswered(EventHeader Header) : AuditEvent(Header)
{
    public required BatchId Batch { get; init; }

    public required BatchDecision Decision { get; init; }

    public required AssertedAnswer? Asserted { get; init; }
}

/// <summary>A workflow reported an answer that was not taken.</summary>
public sealed record BatchAnswerRefused(EventHeader Header) : AuditEvent(Header)
{
    public required BatchId Batch { get; init; }

    public required BatchDecision Decision { get; init; }

    public required AnswerBatchOutcome Outcome { get; init; }

    public required AssertedAnswer Asserted { get; init; }
}

/// <summary>None of a batch's proposals is pending any more.</summary>
public sealed record BatchClosed(EventHeader Header) : AuditEvent(Header)
{
    public required BatchId Batch { get; init; }

    public required BatchOutcome Outcome { get; init; }

    public required int Approved { get; init; }

    public required int Rejected { get; init; }

    public required int Undecided { get; init; }
}

/// <summary>A workflow wants to be called back when a batch is decided.</summary>
public sealed record CallbackSubscribed(EventHeader Header) : AuditEvent(Header)
{
    public required BatchId Batch { get; init; }

    public required string Subscription { get; init; }

    /// <summary>Of the address; the rest of it is a secret.</summary>
    public required string Host { get; init; }

    protected override string Subject => Subscription;
}

/// <summary>It no longer does.</summary>
public sealed record CallbackUnsubscribed(EventHeader Header) : AuditEvent(Header)
{
    public required BatchId Batch { get; init; }

    public required string Subscription { get; init; }

    /// <summary>Of the address; the rest of it is a secret.</summary>
    public required string Host { get; init; }

    protected override string Subject => Subscription;
}

/// <summary>It was called back.</summary>
public sealed record CallbackMade(EventHeader Header) : AuditEvent(Header)
{
    public required BatchId Batch { get; init; }

    public required string Subscription { get; init; }

    /// <summary>Of the address; the rest of it is a secret.</summary>
    public required string Host { get; init; }

    protected override string Subject => Subscription;
}

/// <summary>Calling it back was given up; the reason says why.</summary>
public sealed record CallbackFailed(EventHeader Header) : AuditEvent(Header)
{
    public required BatchId Batch { get; init; }

    public required string Subscription { get; init; }

    /// <summary>Of the address; the rest of it is a secret.</summary>
    public required string Host { get; init; }

    protected override string Subject => Subscription;
}

/// <summary>An address was turned away; the reason says why.</summary>
public sealed record CallbackRefused(EventHeader Header) : AuditEvent(Header)
{
    public required BatchId Batch { get; init; }

    public required string Host { get; init; }
}
