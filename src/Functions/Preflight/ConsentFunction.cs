using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Preflight;
using Reanchor.Tenants;

namespace Reanchor.Functions.Preflight;

public sealed class ConsentFunction(ReadConsentHandler consent)
{
    [Function("ReadConsent")]
    [Answers(typeof(ConsentView))]
    [RequiresRole(Role.Administer)]
    public async Task<IResult> ReadAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/consent")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken) =>
        await consent.HandleAsync(TenantId.Parse(tenantId, null), cancellationToken) is { } applications
            ? Answers.Json(new ConsentView(applications.Select(ApplicationConsentView.Of)))
            : Problems.NoTenant(tenantId);
}
