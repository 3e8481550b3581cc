using System.Text.Json.Serialization;
using Reanchor.Functions.Scanning;
using Reanchor.Reporting;
using Reanchor.Tenants;

namespace Reanchor.Functions.Reports;

/// <summary>A scan's report as JSON.</summary>
public sealed class ReportView(ScanReport report, CancellationToken cancellationToken)
{
    public TenantId TenantId => report.Scan.Tenant;

    public string TenantName => report.TenantName;

    public ScanView Scan { get; } = ScanView.Of(report.Scan);

    public DateTimeOffset WrittenAt => report.WrittenAt;

    /// <summary><see langword="false"/> for an earlier scan, of which only what came of it is left.</summary>
    public bool HasFindings => report.HasFindings;

    /// <summary>What one has to know before one reads on: what is missing, and why nobody was proposed.</summary>
    public IEnumerable<string> Notes => report.Notes;

    /// <summary>Every user that was found or proposed.</summary>
    public IAsyncEnumerable<ReportedUser> Users => report.ReadUsersAsync(null, cancellationToken);

    /// <summary>What one has to know in the end: that users may be missing; <see langword="null"/> when there is nothing.</summary>
    [JsonPropertyOrder(1)]
    public string? LastNote => report.LastNote;
}
