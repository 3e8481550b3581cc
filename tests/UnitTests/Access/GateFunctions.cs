using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Functions.Access;

namespace Reanchor.UnitTests.Access;

/// <summary>What <see cref="GateHost"/> puts behind the gate.</summary>
internal static class GateFunctions
{
    [Function("Ruled"), RequiresRole(Role.Upload, Role.Operate)]
    public static IResult Ruled([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/ruled")] HttpRequest request)
    {
        var caller = request.HttpContext.GetCaller();
        return Results.Ok(new
        {
            caller.Actor.Id,
            caller.Actor.Name,
            Kind = caller.Actor.Kind.ToString(),
            caller.Actor.AuthenticatedBy,
            User = request.HttpContext.User.Identity?.Name,
        });
    }

    [Function("Persons"), RequiresRole(Role.Approve)]
    public static IResult Persons([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/persons")] HttpRequest request) =>
        Results.Ok(request.Path.Value);

    [Function("Collectors"), RequiresRole(Role.Upload)]
    public static IResult Collectors([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/collectors/{collectorId}")] HttpRequest request) =>
        Results.Ok(request.HttpContext.GetCaller().Actor);

    [Function("Open"), NoSignIn]
    public static IResult Open([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "open")] HttpRequest request) =>
        Results.Ok(request.Path.Value);

    [Function("Forgotten")]
    public static IResult Forgotten([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "forgotten")] HttpRequest request) =>
        Results.Ok(request.Path.Value);
}
