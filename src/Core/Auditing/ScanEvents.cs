using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Auditing;

public sealed record ScanRequested(EventHeader Header) : AuditEvent(Header)
{
    public required TenantMode Mode { get; init; }
}

public sealed record ScanCompleted(EventHeader Header) : AuditEvent(Header)
{
    public required IReadOnlyDictionary<Classification, int> Counts { get; init; }

    public string? ReportOnlyBecause { get; init; }
}

/// <summary>A limit was hit or evidence was missing: nothing was proposed. The reason says which.</summary>
public sealed record ScanHalted(EventHeader Header) : AuditEvent(Header)
{
    public required IReadOnlyDictionary<Classification, int> Counts { get; init; }

    public HaltKind? Kind { get; init; }
}

/// <summary>An administrator let a scan that a cap halted propose its candidates. The reason is theirs.</summary>
public sealed record ScanResumed(EventHeader Header) : AuditEvent(Header)
{
    public required int Candidates { get; init; }

    /// <summary>The cap that they overruled.</summary>
    public required string? HaltReason { get; init; }
}

public sealed record ScanFailed(EventHeader Header) : AuditEvent(Header);
