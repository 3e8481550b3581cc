using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Reanchor.Access;
using Reanchor.Clearing;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Functions.Stop;
using Reanchor.Overview;

namespace Reanchor.Functions.Overview;

public sealed class OverviewFunction(
    ReadOverviewHandler read, IBreakerStore breakers, IOptionsMonitor<ClearingOptions> options, TimeProvider clock)
{
    [Function("GetOverview")]
    [Answers(typeof(OverviewView))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "overview")] HttpRequest request, CancellationToken cancellationToken)
    {
        var tenants = await read.HandleAsync(request.HttpContext.GetCaller().Scope, cancellationToken);
        var everywhere = await breakers.FindAsync(TenantBreakers.Everywhere, cancellationToken);
        var now = clock.GetUtcNow();

        return Answers.Json(new OverviewView(
            StopView.Of(everywhere.Item, options.CurrentValue), [.. tenants.Select(tenant => TenantOverviewView.Of(tenant, now))]));
    }
}
