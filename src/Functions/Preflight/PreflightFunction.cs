using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Preflight;
using Reanchor.Tenants;

namespace Reanchor.Functions.Preflight;

public sealed class PreflightFunction(PreflightHandler preflight)
{
    [Function("ReadPreflight")]
    [Answers(typeof(PreflightView))]
    [RequiresRole(Role.Read)]
    public Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/preflight")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken) =>
        Answers.LiveAsync(async () => await preflight.HandleAsync(TenantId.Parse(tenantId, null), cancellationToken) is { } report
            ? Answers.Json(PreflightView.Of(report))
            : Problems.NoTenant(tenantId));
}
