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

    /// <summary>Every row as it is found, newest first: for holding it against the seals.</summary>
    /// <param name="from">Inclusive; <see langword="null"/> for the whole trail.</param>
    IAsyncEnumerable<AuditRow> ReadAsync(TenantId tenant, DateTimeOffset? from, CancellationToken cancellationToken);

    /// <summary>The tenants that have a trail, registered or not; the empty id too, if something is kept under it.</summary>
    IAsyncEnumerable<TenantId> ListTenantsAsync(CancellationToken cancellationToken);
}

/// <param name="From">Inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="UserId">Only events about this user.</param>
/// <param name="Type">Only events of this type.</param>
/// <param name="ActorId">Only what this person or application did.</param>
public sealed record AuditQuery(
    TenantId Tenant,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null,
    Guid? UserId = null,
    string? Type = null,
    string? ActorId = null);
