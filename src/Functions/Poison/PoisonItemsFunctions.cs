using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Functions.Proposals;
using Reanchor.Poison;
using Reanchor.Tenants;

namespace Reanchor.Functions.Poison;

/// <summary>The messages that queues gave up on: of one tenant; and, for who may see all tenants, those that name none.</summary>
public sealed partial class PoisonItemsFunctions(ITenantStore tenants, IPoisonStore poison, RetryPoisonHandler retry)
{
    [Function("ListPoison")]
    [Asks("status", typeof(PoisonStatus))]
    [Asks("top", typeof(int))]
    [Asks("next", typeof(string))]
    [Answers(typeof(ListView<PoisonView>))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/poison")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken)
    {
        var (top, topProblem) = Query.Top(request);
        var (status, problem) = Query.Member<PoisonStatus>(request, "status");
        var tenant = TenantId.Parse(tenantId, null);

        return topProblem ?? problem ?? await Answers.ListAsync(
            tenants,
            tenant,
            () => poison.ListAsync(tenant, status, top, Query.Next(request), cancellationToken),
            PoisonView.Of,
            cancellationToken);
    }

    [Function("ListUnassignedPoison")]
    [Asks("top", typeof(int))]
    [Asks("next", typeof(string))]
    [Answers(typeof(ListView<PoisonView>))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> ListUnassignedAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "poison")] HttpRequest request, CancellationToken cancellationToken)
    {
        var (top, problem) = Query.Top(request);

        return request.HttpContext.RefuseUnlessAllTenants() ?? problem ?? await Answers.ListAsync(
            () => poison.ListAsync(default, null, top, Query.Next(request), cancellationToken), PoisonView.Of);
    }

    [Function("RetryPoison")]
    [Takes(typeof(ReasonBody))]
    [Answers(typeof(PoisonView), 202)]
    [RequiresRole(Role.Operate)]
    public async Task<IResult> RetryAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenants/{tenantId}/poison/{itemId}/retry")] HttpRequest request,
        string tenantId,
        string itemId,
        CancellationToken cancellationToken)
    {
        var (reason, problem) = await RequestBody.ReadReasonAsync(request, cancellationToken);

        if (reason is null)
        {
            return problem!;
        }

        if (!ItemId().IsMatch(itemId))
        {
            return Problems.NotFound("There is no such poison message.");
        }

        var result = await retry.HandleAsync(
            new(TenantId.Parse(tenantId, null), itemId, reason, request.HttpContext.GetCaller().Actor), cancellationToken);

        return result.Outcome switch
        {
            RetryPoisonOutcome.Sent => Answers.Json(PoisonView.Of(result.Item!), StatusCodes.Status202Accepted),
            RetryPoisonOutcome.NotFound => Problems.NotFound(result.Explanation!),
            _ => Problems.Conflict(result.Explanation!),
        };
    }

    // Anything else may be no key of a table.
    [GeneratedRegex(@"\A[0-9a-f]{32}\z", RegexOptions.CultureInvariant)]
    private static partial Regex ItemId();
}
