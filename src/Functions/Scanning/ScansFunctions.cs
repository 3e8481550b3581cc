using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Functions.Scanning;

public sealed class ScansFunctions(
    RequestScanHandler requestScan, ITenantStore tenants, IScanStore scans, IFindingStore findings)
{
    private const int MaxKeyLength = 256;

    [Function("StartScan")]
    [Takes(typeof(ScanBody), Optional = true)]
    [Answers(typeof(ScanStartedView), 202)]
    [RequiresRole(Role.Operate)]
    public async Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenants/{tenantId}/scans")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken)
    {
        var (body, problem) = await RequestBody.ReadAsync(request, whenEmpty: new ScanBody(), cancellationToken);

        if (body is null)
        {
            return problem!;
        }

        var key = request.Headers["Idempotency-Key"].ToString();

        if (key.Length > MaxKeyLength)
        {
            return Problems.BadRequest($"Idempotency-Key has at most {MaxKeyLength} characters.");
        }

        var result = await requestScan.HandleAsync(
            new(TenantId.Parse(tenantId, null), body.Mode, request.HttpContext.GetCaller().Actor, key.Length > 0 ? key : null),
            cancellationToken);

        return result.Outcome switch
        {
            RequestScanOutcome.Queued => Results.Accepted(
                $"{request.PathBase}{request.Path}/{result.Scan!.Id}", new ScanStartedView(result.Scan.Id)),
            RequestScanOutcome.TenantNotFound => Problems.NoTenant(tenantId),
            RequestScanOutcome.TenantDisabled => Problems.Conflict("The tenant is disabled. An administrator can enable it."),
            RequestScanOutcome.ReportOnlyTenant => Problems.Conflict(
                "The tenant is in report mode. An administrator can set its mode to propose; until then scan with mode report."),
            _ => Problems.Conflict($"Scan {result.Scan!.Id} of this tenant has not ended. Wait for it, or look at its status."),
        };
    }

    [Function("ListScans")]
    [Asks("top", typeof(int))]
    [Asks("next", typeof(string))]
    [Answers(typeof(ListView<ScanView>))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/scans")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken)
    {
        var (top, problem) = Query.Top(request);
        var tenant = TenantId.Parse(tenantId, null);

        return problem ?? await Answers.ListAsync(
            tenants, tenant, () => scans.ListAsync(tenant, top, Query.Next(request), cancellationToken), ScanView.Of, cancellationToken);
    }

    [Function("GetScan")]
    [Answers(typeof(ScanView))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/scans/{scanId}")] HttpRequest request,
        string tenantId,
        string scanId,
        CancellationToken cancellationToken) =>
        ScanId.TryParse(scanId, null, out var id)
            && await scans.FindAsync(TenantId.Parse(tenantId, null), id, cancellationToken) is { } found
            ? Answers.Json(ScanView.Of(found.Item))
            : Problems.NotFound("There is no such scan.");

    [Function("ListFindings")]
    [Asks("classification", typeof(Classification))]
    [Asks("top", typeof(int))]
    [Asks("next", typeof(string))]
    [Answers(typeof(ListView<FindingView>))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> ListFindingsAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/scans/{scanId}/findings")] HttpRequest request,
        string tenantId,
        string scanId,
        CancellationToken cancellationToken)
    {
        var (top, topProblem) = Query.Top(request);
        var (classification, problem) = Query.Member<Classification>(request, "classification");

        if ((topProblem ?? problem) is { } bad)
        {
            return bad;
        }

        var tenant = TenantId.Parse(tenantId, null);

        if (!ScanId.TryParse(scanId, null, out var id) || await scans.FindAsync(tenant, id, cancellationToken) is not { Item: var scan })
        {
            return Problems.NotFound("There is no such scan.");
        }

        // A later scan takes over the rows of the users it finds again; half a list would look like a whole one.
        if (await scans.FindLatestAsync(tenant, cancellationToken) is { StartedAt: not null } latest && latest.Id != id)
        {
            return Problems.Gone($"Findings are kept for the latest scan, which is {latest.Id}. The counts of this one are still there.");
        }

        var policy = (await tenants.FindAsync(tenant, cancellationToken))?.Item.Policy;
        return await Answers.ListAsync(
            () => findings.ListAsync(scan, classification, top, Query.Next(request), cancellationToken),
            finding => FindingView.Of(finding, policy));
    }
}
