using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Diagnosis;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Functions.Proposals;

public sealed class HardMatchFunctions(PlanHardMatchHandler planHardMatch)
{
    [Function("PlanHardMatch")]
    [Answers(typeof(HardMatchPlan))]
    [RequiresRole(Role.Read)]
    public Task<IResult> PlanAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/proposals/{proposalId}/hard-match")] HttpRequest request,
        string tenantId,
        string proposalId,
        CancellationToken cancellationToken) =>
        Answers.LiveAsync(async () =>
            ProposalId.TryParse(proposalId, null, out var id)
                && await planHardMatch.HandleAsync(TenantId.Parse(tenantId, null), id, cancellationToken) is { } plan
                ? Answers.Json(plan)
                : Problems.NotFound("There is no such proposal."));
}
