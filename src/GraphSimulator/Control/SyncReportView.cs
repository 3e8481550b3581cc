namespace Reanchor.GraphSimulator;

/// <summary>A sync report with its totals.</summary>
internal sealed record SyncReportView(
    DateTimeOffset FinishedAt, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<SyncResult> Results)
{
    public static SyncReportView Of(SyncReport report) => new(
        report.FinishedAt,
        Enum.GetValues<SyncOutcome>().ToDictionary(Name, report.Count),
        report.Results);

    private static string Name(SyncOutcome outcome) => System.Text.Json.JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());
}
