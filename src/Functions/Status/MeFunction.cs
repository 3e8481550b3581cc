using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;

namespace Reanchor.Functions.Status;

public static class MeFunction
{
    [Function("GetMe")]
    [Answers(typeof(MeView))]
    [RequiresRole(Role.Read, Role.Operate, Role.Approve, Role.Administer, Role.Decide, Role.Upload)]
    public static IResult Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "me")] HttpRequest request)
    {
        var caller = request.HttpContext.GetCaller();

        return Answers.Json(new MeView(
            caller.Actor.Id,
            caller.Actor.Name,
            caller.Actor.Kind,
            caller.Roles.Where(caller.Has).Select(r => r.ToString()).Order(StringComparer.Ordinal),
            caller.Scope.IsAll ? ["*"] : caller.Scope.Tenants.Select(t => t.ToString())));
    }
}
