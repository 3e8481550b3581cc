using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Functions.Scanning;

public sealed class ResumeScanFunctions(ResumeScanHandler resumeScan)
{
    [Function("ResumeScan")]
    [Takes(typeof(ReasonBody))]
    [Answers(typeof(ScanView), 202)]
    [RequiresRole(Role.Administer)]
    public async Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenants/{tenantId}/scans/{scanId}/resume")] HttpRequest request,
        string tenantId,
        string scanId,
        CancellationToken cancellationToken)
    {
        var (reason, problem) = await RequestBody.ReadReasonAsync(request, cancellationToken);

        if (reason is null)
        {
            return problem!;
        }

        if (!ScanId.TryParse(scanId, null, out var id))
        {
            return Problems.NotFound("There is no such scan.");
        }

        var result = await resumeScan.HandleAsync(
            new(TenantId.Parse(tenantId, null), id, reason, request.HttpContext.GetCaller().Actor), cancellationToken);

        return result.Outcome switch
        {
            ResumeScanOutcome.Resumed => Answers.Json(ScanView.Of(result.Scan!), StatusCodes.Status202Accepted),
            ResumeScanOutcome.NotFound => Problems.NotFound(result.Explanation!),
            _ => Problems.Conflict(result.Explanation!),
        };
    }
}
