using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;

namespace Reanchor.Functions.Status;

public static class MeFunction
{
    [Function("GetMe")]
    [RequiresRole(Role.Read, Role.Operate, Role.Approve, Role.Administer, Role.Decide, Role.Upload)]
    public static IResult Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me")] HttpRequest request)
    {
        var caller = request.HttpContext.GetCaller();

        return Answers.Json(new
        {
            caller.Actor.Id,
            caller.Actor.Name,
            caller.Actor.Kind,
            Roles = caller.Roles.Where(caller.Has).Select(r => r.ToString()).Order(StringComparer.Ordinal),
            Tenants = caller.Scope.IsAll ? ["*"] : caller.Scope.Tenants.Select(t => t.ToString()),
        });
    }
}
