using Reanchor.Functions.Scanning;
using Reanchor.Reporting;
using Reanchor.Tenants;

namespace Reanchor.Functions.Reports;

/// <summary>A scan's report as JSON.</summary>
/// <param name="HasFindings"><see langword="false"/> for an earlier scan, of which only what came of it is left.</param>
/// <param name="Users">Every user that was found or proposed.</param>
public sealed record ReportView(
    TenantId TenantId, string TenantName, ScanView Scan, DateTimeOffset WrittenAt, bool HasFindings, IAsyncEnumerable<ReportedUser> Users)
{
    public static ReportView Of(ScanReport report, CancellationToken cancellationToken) => new(
        report.Scan.Tenant,
        report.TenantName,
        ScanView.Of(report.Scan),
        report.WrittenAt,
        report.HasFindings,
        report.ReadUsersAsync(null, cancellationToken));
}
