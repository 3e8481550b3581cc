using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Json;
using Reanchor.Reporting;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Functions.Reports;

public sealed class ReportFunction(ReadScanReportHandler read)
{
    [Function("GetReport")]
    [Asks("format", typeof(ReportFormat))]
    [Answers(typeof(ReportView), Also = new[] { "text/html", "text/csv" })]
    [RequiresRole(Role.Read)]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/scans/{scanId}/report")] HttpRequest request,
        string tenantId,
        string scanId,
        CancellationToken cancellationToken)
    {
        var (format, problem) = Query.Member<ReportFormat>(request, "format");

        if (problem is not null)
        {
            return problem;
        }

        if (!ScanId.TryParse(scanId, null, out var id)
            || await read.HandleAsync(TenantId.Parse(tenantId, null), id, cancellationToken) is not { } report)
        {
            return Problems.NotFound("There is no such scan.");
        }

        var name = $"report-{tenantId}-{id}";

        switch (format)
        {
            case ReportFormat.Json:
                return Results.Stream(
                    stream => JsonSerializer.SerializeAsync(stream, new ReportView(report, cancellationToken), ReanchorJson.Options, cancellationToken),
                    "application/json; charset=utf-8",
                    $"{name}.json");
            case ReportFormat.Csv:
                return Results.Stream(stream => ReportCsv.WriteAsync(report, stream, cancellationToken), "text/csv; charset=utf-8", $"{name}.csv");
            default:
                SecurityHeaders.AllowReport(request.HttpContext.Response);
                return Results.Stream(stream => ReportHtml.WriteAsync(report, stream, cancellationToken), "text/html; charset=utf-8", $"{name}.html");
        }
    }
}
