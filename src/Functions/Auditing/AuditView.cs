using System.Text.Json;
using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Functions.Auditing;

/// <summary>An audit event as callers see it.</summary>
public sealed record AuditView(
    string EventId,
    string Type,
    DateTimeOffset At,
    Actor Actor,
    TenantId TenantId,
    Guid? UserId,
    ProposalId? ProposalId,
    ScanId? ScanId,
    string? Reason,
    JsonElement Details,
    string Hash)
{
    public static AuditView Of(AuditEntry entry) => new(
        entry.Id,
        entry.Type,
        entry.At,
        entry.Actor,
        entry.Tenant,
        entry.UserId,
        entry.Proposal,
        entry.Scan,
        entry.Reason,
        entry.Details,
        entry.Hash);
}
