using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Reanchor.Access;
using Reanchor.Clearing;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;

namespace Reanchor.Functions.Stop;

/// <summary>
/// Stops every write to every directory. Anyone who may change something anywhere may do it: too much of it costs time, too little a
/// sign-in. Letting go again is for an administrator of all tenants.
/// </summary>
public sealed class StopFunctions(IBreakerStore breakers, StopEverythingHandler stop, IOptionsMonitor<ClearingOptions> options)
{
    [Function("GetStop")]
    [Answers(typeof(StopView))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "stop")] HttpRequest request, CancellationToken cancellationToken) =>
        Answers.Json(await ViewAsync(cancellationToken));

    [Function("StopEverything")]
    [Takes(typeof(ReasonBody))]
    [Answers(typeof(StopView))]
    [RequiresRole(Role.Operate, Role.Approve, Role.Administer)]
    public Task<IResult> StopAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "stop")] HttpRequest request, CancellationToken cancellationToken) =>
        SwitchAsync(request, stopped: true, "Everything is stopped already. Read it to see by whom, and why.", cancellationToken);

    [Function("LiftStop")]
    [Takes(typeof(ReasonBody))]
    [Answers(typeof(StopView))]
    [RequiresRole(Role.Administer)]
    public async Task<IResult> LiftAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "stop/lift")] HttpRequest request, CancellationToken cancellationToken) =>
        request.HttpContext.RefuseUnlessAllTenants()
        ?? await SwitchAsync(
            request,
            stopped: false,
            options.CurrentValue.Paused
                ? "Nobody stopped everything here; the setting Reanchor__Paused did. Take it away to go on."
                : "Nothing is stopped.",
            cancellationToken);

    private async Task<IResult> SwitchAsync(HttpRequest request, bool stopped, string nothingToDo, CancellationToken cancellationToken)
    {
        var (reason, problem) = await RequestBody.ReadReasonAsync(request, cancellationToken);

        if (reason is null)
        {
            return problem!;
        }

        return await stop.HandleAsync(new(stopped, reason, request.HttpContext.GetCaller().Actor), cancellationToken) is BreakerOutcome.NothingToDo
            ? Problems.Conflict(nothingToDo)
            : Answers.Json(await ViewAsync(cancellationToken));
    }

    private async Task<StopView> ViewAsync(CancellationToken cancellationToken) =>
        StopView.Of((await breakers.FindAsync(TenantBreakers.Everywhere, cancellationToken)).Item, options.CurrentValue);
}
