using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Clearing;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Functions.Proposals;

public sealed class VerifyAgainFunctions(VerifyAgainHandler verifyAgain)
{
    /// <summary>Takes no body: it reads, and decides nothing.</summary>
    [Function("VerifyAgain")]
    [Answers(typeof(ProposalView))]
    [RequiresRole(Role.Operate)]
    public Task<IResult> VerifyAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenants/{tenantId}/proposals/{proposalId}/verify")] HttpRequest request,
        string tenantId,
        string proposalId,
        CancellationToken cancellationToken) =>
        Answers.LiveAsync(async () =>
        {
            if (!ProposalId.TryParse(proposalId, null, out var id))
            {
                return Problems.NotFound("There is no such proposal.");
            }

            var result = await verifyAgain.HandleAsync(new(TenantId.Parse(tenantId, null), id), cancellationToken);

            return result.Outcome switch
            {
                VerifyAgainOutcome.Verified => Answers.Json(ProposalView.Of(result.Proposal!)),
                VerifyAgainOutcome.NotFound => Problems.NotFound(result.Explanation!),
                _ => Problems.Conflict(result.Explanation!),
            };
        });
}
