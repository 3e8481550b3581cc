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
    [RequiresRole(Role.Read)]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/scans/{scanId}/report")] HttpRequest request,
        string tenantId,
        string scanId,
        CancellationToken cancellationToken)
    {
        var format = request.Query["format"].ToString();

        if (format is not ("" or "html" or "json" or "csv"))
        {
            return Problems.BadRequest("'format' must be html, json or csv.");
        }

        if (!ScanId.TryParse(scanId, null, out var id)
            || await read.HandleAsync(TenantId.Parse(tenantId, null), id, cancellationToken) is not { } report)
        {
            return Problems.NotFound("There is no such scan.");
        }

        var name = $"report-{tenantId}-{id}";

        switch (format)
        {
            case "json":
                return Results.Stream(
                    stream => JsonSerializer.SerializeAsync(stream, ReportView.Of(report, cancellationToken), ReanchorJson.Options, cancellationToken),
                    "application/json; charset=utf-8",
                    $"{name}.json");
            case "csv":
                return Results.Stream(stream => ReportCsv.WriteAsync(report, stream, cancellationToken), "text/csv; charset=utf-8", $"{name}.csv");
            default:
                SecurityHeaders.AllowReport(request.HttpContext.Response);
                return Results.Stream(stream => ReportHtml.WriteAsync(report, stream, cancellationToken), "text/html; charset=utf-8", $"{name}.html");
        }
    }
}
