using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Functions.Proposals;

public sealed class ProposalsFunctions(ITenantStore tenants, IProposalStore proposals)
{
    [Function("ListProposals")]
    [Asks("status", typeof(ProposalStatus))]
    [Asks("top", typeof(int))]
    [Asks("next", typeof(string))]
    [Answers(typeof(ListView<ProposalView>))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/proposals")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken)
    {
        var (top, topProblem) = Query.Top(request);
        var (status, problem) = Query.Member<ProposalStatus>(request, "status");

        var tenant = TenantId.Parse(tenantId, null);

        return topProblem ?? problem ?? await Answers.ListAsync(
            tenants,
            tenant,
            () => proposals.ListAsync(tenant, status, top, Query.Next(request), cancellationToken),
            ProposalView.Of,
            cancellationToken);
    }

    [Function("GetProposal")]
    [Answers(typeof(ProposalView))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/proposals/{proposalId}")] HttpRequest request,
        string tenantId,
        string proposalId,
        CancellationToken cancellationToken) =>
        ProposalId.TryParse(proposalId, null, out var id)
            && await proposals.FindAsync(TenantId.Parse(tenantId, null), id, cancellationToken) is { } found
            ? Answers.Json(ProposalView.Of(found.Item))
            : Problems.NotFound("There is no such proposal.");
}
