using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Diagnosis;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Tenants;

namespace Reanchor.Functions.Diagnosis;

public sealed class DiagnosisFunctions(DiagnoseUserHandler diagnoseUser)
{
    [Function("DiagnoseUser")]
    [Asks("error", typeof(string))]
    [Answers(typeof(UserDiagnosis))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> DiagnoseAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/users/{user}/diagnosis")] HttpRequest request,
        string tenantId,
        string user,
        CancellationToken cancellationToken)
    {
        var error = request.Query.TryGetValue("error", out var text) && text.ToString() is { Length: > 0 } name ? name : null;

        if (error is not null && !DiagnoseUserHandler.Explains(error))
        {
            return Problems.BadRequest($"'error' must be one of {string.Join(", ", DiagnoseUserHandler.ErrorNames)}.");
        }

        return await Answers.LiveAsync(async () =>
            await diagnoseUser.HandleAsync(new(TenantId.Parse(tenantId, null), user, error), cancellationToken) is { } diagnosis
                ? Answers.Json(diagnosis)
                : Problems.NotFound(
                    "There is no such user in this tenant, live or deleted. Give the object id or the user principal name, percent-encoded (# is %23)."));
    }
}
