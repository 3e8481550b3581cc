using Reanchor.Anchors;
using Reanchor.Clearing;

namespace Reanchor.Auditing;

public sealed record RestoreRequested(EventHeader Header) : AuditEvent(Header)
{
    public required SourceAnchor OldAnchor { get; init; }
}

public sealed record AnchorRestored(EventHeader Header) : AuditEvent(Header)
{
    public required SourceAnchor Anchor { get; init; }
}

/// <summary>The anchor was not put back. The reason says why, and what to do instead.</summary>
public sealed record RestoreRefused(EventHeader Header) : AuditEvent(Header)
{
    /// <summary><see langword="null"/> when the directory was not asked.</summary>
    public required RefusalCause? Cause { get; init; }
}
