using Reanchor.Functions.Http;
using Reanchor.Reporting;

namespace Reanchor.Functions.Reports;

/// <summary>A report as a spreadsheet opens it: one line for each user, and one for each note on the whole.</summary>
internal static class ReportCsv
{
    private static readonly string[] Header =
    [
        "tenant", "tenantId", "scanId", "userPrincipalName", "displayName", "userId", "class", "why", "immutableId", "onPremisesAccount",
        "expectedImmutableId", "prediction", "status", "done", "remains", "note",
    ];

    public static async Task WriteAsync(ScanReport report, Stream output, CancellationToken cancellationToken)
    {
        await using var csv = SafeCsv.Create(output);
        await csv.WriteRecordAsync(Header, cancellationToken);

        foreach (var note in report.Notes)
        {
            await csv.WriteRecordAsync(Note(report, note), cancellationToken);
        }

        await foreach (var user in report.ReadUsersAsync(null, cancellationToken))
        {
            await csv.WriteRecordAsync(Fields(report, user), cancellationToken);
        }

        if (report.LastNote is { } lastNote)
        {
            await csv.WriteRecordAsync(Note(report, lastNote), cancellationToken);
        }

        await csv.FlushAsync(cancellationToken);
    }

    private static string[] Note(ScanReport report, string note) =>
        [report.TenantName, report.Scan.Tenant.ToString(), report.Scan.Id.ToString(), .. Enumerable.Repeat("", Header.Length - 4), note];

    private static string[] Fields(ScanReport report, ReportedUser user) =>
    [
        report.TenantName,
        report.Scan.Tenant.ToString(),
        report.Scan.Id.ToString(),
        user.UserPrincipalName,
        user.DisplayName ?? "",
        user.UserId.ToString("D"),
        user.Classification?.ToString() ?? "",
        string.Join('\n', user.Why),
        user.Anchor.ToString(),
        user.Partner ?? "",
        user.ExpectedAnchor?.ToString() ?? "",
        user.Prediction?.ToString() ?? "",
        user.Status?.ToString() ?? "",
        string.Join('\n', user.Done.Select(Line)),
        user.Remains,
        "",
    ];

    private static string Line(ReportedStep step) =>
        $"{TimeText.Of(step.At)}: {step.What} ({step.By}){(step.Reason is null ? "" : $": {step.Reason}")}";
}
