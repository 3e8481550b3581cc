using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Functions.Proposals;

public sealed class IdentifierClearFunctions(ProposeIdentifierClearHandler propose)
{
    [Function("ProposeIdentifierClear")]
    [Takes(typeof(ReasonBody))]
    [Answers(typeof(ProposalView), 201)]
    [RequiresRole(Role.Operate)]
    public async Task<IResult> ProposeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenants/{tenantId}/proposals/{proposalId}/object-identifier")] HttpRequest request,
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
            var result = await propose.HandleAsync(
                new(TenantId.Parse(tenantId, null), id, reason, request.HttpContext.GetCaller().Actor), cancellationToken);

            return result.Outcome switch
            {
                ProposeIdentifierClearOutcome.Proposed => Answers.Json(ProposalView.Of(result.Proposal!), StatusCodes.Status201Created),
                ProposeIdentifierClearOutcome.NotFound => Problems.NotFound(result.Explanation!),
                _ => Problems.Conflict(result.Explanation!),
            };
        });
    }
}
