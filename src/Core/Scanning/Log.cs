using Microsoft.Extensions.Logging;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

// Event ids 2000-2099. Alerts are keyed on them: never reuse one. No names or addresses, only ids.
internal static partial class Log
{
    [LoggerMessage(2000, LogLevel.Information, "Scan {ScanId} of tenant {TenantId} has read {Pages} pages and {Users} users.")]
    public static partial void ScanAdvanced(this ILogger logger, TenantId tenantId, ScanId scanId, int pages, int users);

    [LoggerMessage(2001, LogLevel.Information, "Scan {ScanId} of tenant {TenantId} ended: {Outcome}, {Users} users read, {Candidates} candidates.")]
    public static partial void ScanEnded(
        this ILogger logger, TenantId tenantId, ScanId scanId, ScanOutcome outcome, int users, int candidates);

    [LoggerMessage(2002, LogLevel.Warning, "Tenant {TenantId} refused the filter on the anchor; scan {ScanId} reads every unsynced user.")]
    public static partial void AnchorFilterRefused(this ILogger logger, TenantId tenantId, ScanId scanId);

    [LoggerMessage(2003, LogLevel.Warning, "Tenant {TenantId} no longer accepts page {Page} of scan {ScanId}; it starts over.")]
    public static partial void PageExpired(this ILogger logger, TenantId tenantId, ScanId scanId, int page);

    [LoggerMessage(2004, LogLevel.Information, "Queued scans of {Started} tenants; {Busy} were still being scanned.")]
    public static partial void ScansQueued(this ILogger logger, int started, int busy);

    [LoggerMessage(2005, LogLevel.Error, "Could not queue a scan of tenant {TenantId}; the others go on.")]
    public static partial void ScanNotQueued(this ILogger logger, Exception exception, TenantId tenantId);

    [LoggerMessage(2007, LogLevel.Warning, "Scan {ScanId} of tenant {TenantId} was resumed: it proposes in spite of the caps.")]
    public static partial void ScanResumed(this ILogger logger, TenantId tenantId, ScanId scanId);

    [LoggerMessage(2006, LogLevel.Error, "Scan {ScanId} of tenant {TenantId} proposed nothing: {Outcome}. The scan and its audit event say why.")]
    public static partial void ScanStopped(this ILogger logger, TenantId tenantId, ScanId scanId, ScanOutcome outcome);
}
