using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Syncing;
using Reanchor.Tenants;

namespace Reanchor.Functions.Inventories;

public sealed class CollectorWorkFunctions(FindWorkHandler find, ReportSyncHandler report)
{
    private const string Route = "tenants/{tenantId}/collectors/{collectorId}/work";

    [Function("GetCollectorWork")]
    [Answers(typeof(CollectorWorkView))]
    [RequiresRole(Role.Upload)]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request,
        string tenantId,
        string collectorId,
        CancellationToken cancellationToken) =>
        CollectorId.TryParse(collectorId, null, out var collector)
            && await find.HandleAsync(new(TenantId.Parse(tenantId, null), collector), cancellationToken) is { } work
            ? Answers.Json(new CollectorWorkView(work.Since is not null, work.Since))
            : Problems.UnexpectedCollector();

    [Function("ReportCollectorWork")]
    [Takes(typeof(SyncBody))]
    [Answers(null, 204)]
    [RequiresRole(Role.Upload)]
    public async Task<IResult> PostAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = Route)] HttpRequest request,
        string tenantId,
        string collectorId,
        CancellationToken cancellationToken)
    {
        var (body, problem) = await RequestBody.ReadAsync<SyncBody>(request, whenEmpty: null, cancellationToken);

        if (body is null)
        {
            return problem!;
        }

        return CollectorId.TryParse(collectorId, null, out var collector)
            && await report.HandleAsync(
                new(TenantId.Parse(tenantId, null), collector, body.Synced, body.Detail, request.HttpContext.GetCaller().Actor),
                cancellationToken)
            ? Results.NoContent()
            : Problems.UnexpectedCollector();
    }
}
