namespace Reanchor.Auditing;

/// <summary>Somebody stopped all writes to the tenant.</summary>
public sealed record TenantPaused(EventHeader Header) : AuditEvent(Header);

public sealed record TenantResumed(EventHeader Header) : AuditEvent(Header);

/// <summary>Somebody stopped all writes to every tenant. It names none.</summary>
public sealed record EverythingStopped(EventHeader Header) : AuditEvent(Header);

public sealed record StopLifted(EventHeader Header) : AuditEvent(Header);

/// <summary>The tenant has had its clears of an hour; those beyond wait.</summary>
public sealed record ClearLimitReached(EventHeader Header) : AuditEvent(Header)
{
    public required int Clears { get; init; }

    public required DateTimeOffset WaitsUntil { get; init; }
}

/// <summary>Too many of the latest clears ended badly.</summary>
public sealed record TenantQuarantined(EventHeader Header) : AuditEvent(Header)
{
    public required int Failures { get; init; }

    public required int Outcomes { get; init; }

    public required int MaxFailurePercent { get; init; }
}

public sealed record QuarantineLifted(EventHeader Header) : AuditEvent(Header);
