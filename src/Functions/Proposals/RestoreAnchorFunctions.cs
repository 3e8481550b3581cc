using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Clearing;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Functions.Proposals;

public sealed class RestoreAnchorFunctions(RequestRestoreHandler requestRestore)
{
    [Function("RequestRestore")]
    [RequiresRole(Role.Approve)]
    public async Task<IResult> RequestAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenants/{tenantId}/proposals/{proposalId}/restore-anchor")] HttpRequest request,
        string tenantId,
        string proposalId,
        CancellationToken cancellationToken)
    {
        var (body, problem) = await RequestBody.ReadAsync<ReasonBody>(request, whenEmpty: null, cancellationToken);

        if (body is null)
        {
            return problem!;
        }

        if (ReasonText.Check(body.Reason) is { } badReason)
        {
            return Problems.BadRequest(badReason);
        }

        if (!ProposalId.TryParse(proposalId, null, out var id))
        {
            return Problems.NotFound("There is no such proposal.");
        }

        var result = await requestRestore.HandleAsync(
            new(TenantId.Parse(tenantId, null), id, body.Reason, request.HttpContext.GetCaller().Actor), cancellationToken);

        return result.Outcome switch
        {
            RequestRestoreOutcome.Accepted => Answers.Json(ProposalView.Of(result.Proposal!), StatusCodes.Status202Accepted),
            RequestRestoreOutcome.NotFound => Problems.NotFound(result.Explanation!),
            _ => Problems.Conflict(result.Explanation!),
        };
    }
}
