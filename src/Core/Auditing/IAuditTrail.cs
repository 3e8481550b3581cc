using Reanchor.Tenants;

namespace Reanchor.Auditing;

/// <summary>The append-only record of who did what. There is no way to change or remove an event.</summary>
public interface IAuditTrail
{
    /// <summary>Makes the event durable before it returns. An event that is on record already is left as it is.</summary>
    Task AppendAsync(AuditEvent auditEvent, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<Page<AuditEntry>> ListAsync(
        AuditQuery query, int top, string? continuation, CancellationToken cancellationToken);
}

/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="UserId">Only events about this user.</param>
public sealed record AuditQuery(TenantId Tenant, DateTimeOffset? From = null, DateTimeOffset? To = null, Guid? UserId = null);
