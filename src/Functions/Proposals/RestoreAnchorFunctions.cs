using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Clearing;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Functions.Proposals;

public sealed class RestoreAnchorFunctions(RequestRestoreHandler requestRestore, RestoreScanHandler restoreScan)
{
    [Function("RequestRestore")]
    [Takes(typeof(ReasonBody))]
    [Answers(typeof(ProposalView), 202)]
    [RequiresRole(Role.Approve)]
    public async Task<IResult> RequestAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenants/{tenantId}/proposals/{proposalId}/restore-anchor")] HttpRequest request,
        string tenantId,
        string proposalId,
        CancellationToken cancellationToken)
    {
        var (reason, problem) = await RequestBody.ReadReasonAsync(request, cancellationToken);

        if (reason is null)
        {
            return problem!;
        }

        if (!ProposalId.TryParse(proposalId, null, out var id))
        {
            return Problems.NotFound("There is no such proposal.");
        }

        return await Answers.LiveAsync(async () =>
        {
            var result = await requestRestore.HandleAsync(
                new(TenantId.Parse(tenantId, null), id, reason, request.HttpContext.GetCaller().Actor), cancellationToken);

            return result.Outcome switch
            {
                RequestRestoreOutcome.Accepted => Answers.Json(ProposalView.Of(result.Proposal!), StatusCodes.Status202Accepted),
                RequestRestoreOutcome.NotFound => Problems.NotFound(result.Explanation!),
                _ => Problems.Conflict(result.Explanation!),
            };
        });
    }

    [Function("RequestScanRestore")]
    [Takes(typeof(ReasonBody))]
    [Asks("next", typeof(string))]
    [Answers(typeof(ListView<RestoreOutcomeView>))]
    [RequiresRole(Role.Approve)]
    public async Task<IResult> RequestScanAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenants/{tenantId}/scans/{scanId}/restore-anchors")] HttpRequest request,
        string tenantId,
        string scanId,
        CancellationToken cancellationToken)
    {
        var (reason, problem) = await RequestBody.ReadReasonAsync(request, cancellationToken);

        if (reason is null)
        {
            return problem!;
        }

        return await Answers.LiveAsync(() => Answers.TryAsync(async () =>
            ScanId.TryParse(scanId, null, out var id)
            && await restoreScan.HandleAsync(
                new(TenantId.Parse(tenantId, null), id, reason, request.HttpContext.GetCaller().Actor, Query.Next(request)),
                cancellationToken) is { } page
                ? Answers.List(page, RestoreOutcomeView.Of)
                : Problems.NotFound("There is no such scan.")));
    }
}
