namespace Reanchor.Functions.Reports;

/// <summary>What a report can be had as.</summary>
public enum ReportFormat
{
    Html,
    Json,
    Csv,
}
