using Reanchor.Access;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Functions.Scanning;

/// <summary>A scan as callers see it.</summary>
/// <param name="Requests">Requests to Graph, retries included.</param>
/// <param name="HaltKind">Only a scan that a <c>cap</c> halted can be resumed.</param>
/// <param name="HaltReason">Kept when the scan is resumed.</param>
/// <param name="Failure">The last fault of a running scan; the reason of a failed one.</param>
public sealed record ScanView(
    ScanId ScanId,
    TenantId TenantId,
    TenantMode Mode,
    ScanStatus Status,
    Actor RequestedBy,
    DateTimeOffset QueuedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    int Pages,
    int UsersRead,
    int Requests,
    IReadOnlyDictionary<Classification, int> Counts,
    string? ReportOnlyBecause,
    HaltKind? HaltKind,
    string? HaltReason,
    Actor? ResumedBy,
    string? ResumeReason,
    string? Failure)
{
    public static ScanView Of(Scan scan) => new(
        scan.Id,
        scan.Tenant,
        scan.Mode,
        scan.Status,
        scan.RequestedBy,
        scan.QueuedAt,
        scan.StartedAt,
        scan.EndedAt,
        scan.Page,
        scan.UsersRead,
        scan.Requests,
        scan.Counts,
        scan.ReportOnlyBecause,
        scan.HaltKind,
        scan.HaltReason,
        scan.Resumption?.ResumedBy,
        scan.Resumption?.Reason,
        scan.Fault);
}
