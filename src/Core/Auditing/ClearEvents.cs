using Reanchor.Access;
using Reanchor.Anchors;
using Reanchor.Clearing;
using Reanchor.Scanning;
using Reanchor.Syncing;

namespace Reanchor.Auditing;

/// <summary>On record before the write is sent: every old value, so that it can be put back whatever happens next.</summary>
public sealed record ClearStarted(EventHeader Header) : AuditEvent(Header)
{
    public required SourceAnchor OldAnchor { get; init; }

    public required OnPremisesValues OldValues { get; init; }

    public required bool? OnPremisesSyncEnabled { get; init; }

    public required string Digest { get; init; }

    public required IReadOnlyList<Actor> ApprovedBy { get; init; }
}

public sealed record AnchorCleared(EventHeader Header) : AuditEvent(Header)
{
    public required SourceAnchor OldAnchor { get; init; }
}

/// <summary>The directory said no. The reason is its answer, with what to do.</summary>
public sealed record ClearRefused(EventHeader Header) : AuditEvent(Header)
{
    public required RefusalCause? Cause { get; init; }
}

/// <summary>Cloud Sync was to take up the partner at once. The reason says why it did not.</summary>
public sealed record ProvisioningRequested(EventHeader Header) : AuditEvent(Header)
{
    public required ProvisioningOutcome Outcome { get; init; }
}

public sealed record MatchVerified(EventHeader Header) : AuditEvent(Header)
{
    public required SourceAnchor NewAnchor { get; init; }
}

/// <summary>Cleared, but the expected match is not there. The reason says what is.</summary>
public sealed record VerificationInconclusive(EventHeader Header) : AuditEvent(Header)
{
    /// <summary><see langword="null"/> for proposals older than this detail.</summary>
    public required MatchOutcome? Outcome { get; init; }

    /// <summary><see langword="null"/> when no match was expected.</summary>
    public required SourceAnchor? ExpectedAnchor { get; init; }
}

/// <summary>On record before the write is sent: the identifier cannot be put back, but it must be known what it was.</summary>
public sealed record ObjectIdentifierClearStarted(EventHeader Header) : AuditEvent(Header)
{
    public required OnPremisesValues OldValues { get; init; }

    public required string Digest { get; init; }

    public required IReadOnlyList<Actor> ApprovedBy { get; init; }
}

public sealed record ObjectIdentifierCleared(EventHeader Header) : AuditEvent(Header)
{
    public required string? OldObjectIdentifier { get; init; }
}
