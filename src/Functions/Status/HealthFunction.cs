using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Tenants;

namespace Reanchor.Functions.Status;

public sealed class HealthFunction(ITenantStore tenants)
{
    [Function("GetHealth")]
    [Answers(typeof(HealthView))]
    [NoSignIn]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        try
        {
            await tenants.FindAsync(default, cancellationToken);
            return Answers.Json(new HealthView("healthy"));
        }
        catch (Exception ex) when (ex is RequestFailedException or AggregateException)
        {
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "Storage does not answer.");
        }
    }
}
