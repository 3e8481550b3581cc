using Reanchor.Tenants;

namespace Reanchor.Auditing;

/// <summary>An administrator made a collector a key, its first one or a new one.</summary>
public sealed record CollectorKeyIssued(EventHeader Header) : AuditEvent(Header)
{
    public required CollectorId Collector { get; init; }

    /// <summary>Until then the key before works as well, unless the new one is used first; <see langword="null"/> when there was none.</summary>
    public required DateTimeOffset? PreviousUntil { get; init; }

    protected override string Subject => Collector.Value;
}

/// <summary>The collector used its new key: from here on it is the only one.</summary>
public sealed record CollectorKeyTakenUp(EventHeader Header) : AuditEvent(Header)
{
    public required CollectorId Collector { get; init; }

    protected override string Subject => Collector.Value;
}

/// <summary>No key of the collector's works any more. The reason says why.</summary>
public sealed record CollectorKeysRevoked(EventHeader Header) : AuditEvent(Header)
{
    public required CollectorId Collector { get; init; }

    protected override string Subject => Collector.Value;
}
