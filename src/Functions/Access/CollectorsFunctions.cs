using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Functions.Http;
using Reanchor.Tenants;

namespace Reanchor.Functions.Access;

/// <summary>A tenant's collectors and the keys that they sign in with.</summary>
public sealed class CollectorsFunctions(
    ITenantStore tenants,
    ICollectorKeyStore keys,
    IssueCollectorKeyHandler issue,
    RevokeCollectorKeysHandler revoke,
    TimeProvider clock)
{
    private const string KeyRoute = "tenants/{tenantId}/collectors/{collectorId}/key";

    [Function("ListCollectors")]
    [Answers(typeof(ListView<CollectorView>))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/collectors")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken)
    {
        var id = TenantId.Parse(tenantId, null);

        if ((await tenants.FindAsync(id, cancellationToken))?.Item is not { } tenant)
        {
            return Problems.NoTenant(tenantId);
        }

        var found = await keys.ListAsync(id, cancellationToken)
            .ToDictionaryAsync(k => k.Item.Collector, k => k.Item, cancellationToken: cancellationToken);
        var views = tenant.Collectors.Union(found.Keys).Select(collector => CollectorView.Of(
            collector, tenant.Collectors.Contains(collector), found.GetValueOrDefault(collector), clock.GetUtcNow()));

        return Answers.List(new Page<CollectorView>([.. views], null), view => view);
    }

    [Function("IssueCollectorKey")]
    [Answers(typeof(CollectorKeyView), 201)]
    [RequiresRole(Role.Administer)]
    public async Task<IResult> IssueAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = KeyRoute)] HttpRequest request,
        string tenantId,
        string collectorId,
        CancellationToken cancellationToken)
    {
        if (!CollectorId.TryParse(collectorId, null, out var collector))
        {
            return Problems.UnexpectedCollector();
        }

        var result = await issue.HandleAsync(
            new(TenantId.Parse(tenantId, null), collector, request.HttpContext.GetCaller().Actor), cancellationToken);

        return result.Outcome switch
        {
            IssueCollectorKeyOutcome.Issued => Answers.Json(
                new CollectorKeyView(collector, result.Key!.Text, result.Issued!.IssuedAt, result.Issued.PreviousUntil),
                StatusCodes.Status201Created),
            IssueCollectorKeyOutcome.NotExpected => Problems.UnexpectedCollector(),
            _ => Problems.LostRace("the collector's keys"),
        };
    }

    [Function("RevokeCollectorKeys")]
    [Takes(typeof(ReasonBody))]
    [Answers(null, 204)]
    [RequiresRole(Role.Administer)]
    public async Task<IResult> RevokeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = KeyRoute)] HttpRequest request,
        string tenantId,
        string collectorId,
        CancellationToken cancellationToken)
    {
        var (reason, problem) = await RequestBody.ReadReasonAsync(request, cancellationToken);

        if (reason is null)
        {
            return problem!;
        }

        if (!CollectorId.TryParse(collectorId, null, out var collector))
        {
            return NoKey();
        }

        return await revoke.HandleAsync(
            new(TenantId.Parse(tenantId, null), collector, reason, request.HttpContext.GetCaller().Actor), cancellationToken) switch
        {
            RevokeCollectorKeysOutcome.Revoked => Results.NoContent(),
            RevokeCollectorKeysOutcome.NotFound => NoKey(),
            _ => Problems.LostRace("the collector's keys"),
        };
    }

    private static IResult NoKey() => Problems.NotFound("The collector has no key.");
}
