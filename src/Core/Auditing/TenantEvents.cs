using Reanchor.Tenants;

namespace Reanchor.Auditing;

public sealed record TenantRegistered(EventHeader Header) : AuditEvent(Header)
{
    public required Tenant Settings { get; init; }
}

public sealed record TenantChanged(EventHeader Header) : AuditEvent(Header)
{
    public required Tenant Before { get; init; }

    public required Tenant After { get; init; }
}

public sealed record TenantRemoved(EventHeader Header) : AuditEvent(Header)
{
    public required Tenant Settings { get; init; }
}
