using Reanchor.Access;
using Reanchor.Tenants;

namespace Reanchor.Auditing;

/// <summary>An administrator said where somebody may use their roles. The reason is theirs.</summary>
public sealed record AccessGranted(EventHeader Header) : AuditEvent(Header)
{
    public required Guid PrincipalId { get; init; }

    public required PrincipalKind Kind { get; init; }

    public required Guid Directory { get; init; }

    public required bool AllTenants { get; init; }

    public required IReadOnlyList<TenantId> Tenants { get; init; }

    protected override string Subject => PrincipalId.ToString("D");
}

/// <summary>An administrator took it back. The reason says why.</summary>
public sealed record AccessRemoved(EventHeader Header) : AuditEvent(Header)
{
    public required Guid PrincipalId { get; init; }

    public required PrincipalKind Kind { get; init; }

    public required Guid Directory { get; init; }

    protected override string Subject => PrincipalId.ToString("D");
}
