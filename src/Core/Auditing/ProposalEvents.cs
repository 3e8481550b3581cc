using Reanchor.Anchors;
using Reanchor.Proposals;

namespace Reanchor.Auditing;

public sealed record ClearProposed(EventHeader Header) : AuditEvent(Header)
{
    public required SourceAnchor Anchor { get; init; }

    public required Evidence Evidence { get; init; }

    public required string Digest { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Somebody asks for the second clear, which cannot be undone.</summary>
public sealed record ObjectIdentifierClearProposed(EventHeader Header) : AuditEvent(Header)
{
    public required string? ObjectIdentifier { get; init; }

    public required Evidence Evidence { get; init; }

    public required string Digest { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>A person says yes, and another one has to say it too.</summary>
public sealed record ApprovalGiven(EventHeader Header) : AuditEvent(Header)
{
    public required string Digest { get; init; }
}

/// <summary>A workflow relays an answer that does not count.</summary>
public sealed record AdviceGiven(EventHeader Header) : AuditEvent(Header)
{
    public required bool Approve { get; init; }

    public required string Digest { get; init; }

    public required AssertedAnswer? Asserted { get; init; }
}

public sealed record ProposalApproved(EventHeader Header) : AuditEvent(Header)
{
    public required string Digest { get; init; }

    /// <summary>Who is said to have answered; <see langword="null"/> when the actor signed in and answered themselves.</summary>
    public required AssertedAnswer? Asserted { get; init; }
}

public sealed record ProposalRejected(EventHeader Header) : AuditEvent(Header)
{
    public required string Digest { get; init; }

    /// <inheritdoc cref="ProposalApproved.Asserted"/>
    public required AssertedAnswer? Asserted { get; init; }
}

public sealed record ProposalExpired(EventHeader Header) : AuditEvent(Header);

/// <summary>The account or the evidence changed first. The reason says what.</summary>
public sealed record ProposalSuperseded(EventHeader Header) : AuditEvent(Header);

/// <summary>Somebody tried to decide and was not let.</summary>
public sealed record DecisionRefused(EventHeader Header) : AuditEvent(Header)
{
    public required bool Approve { get; init; }

    public required DecisionOutcome Outcome { get; init; }

    /// <inheritdoc cref="ProposalApproved.Asserted"/>
    public required AssertedAnswer? Asserted { get; init; }
}
