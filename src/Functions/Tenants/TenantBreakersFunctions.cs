using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Clearing;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Functions.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Functions.Tenants;

/// <summary>Stopping is for anyone who may change something; letting go again is for an administrator.</summary>
public sealed class TenantBreakersFunctions(
    ITenantStore tenants, IBreakerStore breakers, PauseTenantHandler pause, LiftQuarantineHandler lift)
{
    [Function("PauseTenant")]
    [Takes(typeof(ReasonBody))]
    [Answers(typeof(TenantView))]
    [RequiresRole(Role.Operate, Role.Approve, Role.Administer)]
    public Task<IResult> PauseAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenants/{tenantId}/pause")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken) =>
        ChangeAsync(
            request,
            tenantId,
            (tenant, reason, by) => pause.HandleAsync(new(tenant, Paused: true, reason, by), cancellationToken),
            "The tenant is paused already. Read it to see by whom, and why.",
            cancellationToken);

    [Function("ResumeTenant")]
    [Takes(typeof(ReasonBody))]
    [Answers(typeof(TenantView))]
    [RequiresRole(Role.Administer)]
    public Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenants/{tenantId}/resume")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken) =>
        ChangeAsync(
            request,
            tenantId,
            (tenant, reason, by) => pause.HandleAsync(new(tenant, Paused: false, reason, by), cancellationToken),
            "The tenant is not paused.",
            cancellationToken);

    [Function("LiftQuarantine")]
    [Takes(typeof(ReasonBody))]
    [Answers(typeof(TenantView))]
    [RequiresRole(Role.Administer)]
    public Task<IResult> LiftAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "tenants/{tenantId}/quarantine/lift")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken) =>
        ChangeAsync(
            request,
            tenantId,
            (tenant, reason, by) => lift.HandleAsync(new(tenant, reason, by), cancellationToken),
            "The tenant is not in quarantine.",
            cancellationToken);

    private async Task<IResult> ChangeAsync(
        HttpRequest request,
        string tenantId,
        Func<TenantId, string, Actor, Task<BreakerOutcome>> change,
        string nothingToDo,
        CancellationToken cancellationToken)
    {
        var (reason, problem) = await RequestBody.ReadReasonAsync(request, cancellationToken);

        if (reason is null)
        {
            return problem!;
        }

        var id = TenantId.Parse(tenantId, null);
        var outcome = await change(id, reason, request.HttpContext.GetCaller().Actor);

        return outcome is BreakerOutcome.NothingToDo
            ? Problems.Conflict(nothingToDo)
            : outcome is BreakerOutcome.Done && await tenants.FindAsync(id, cancellationToken) is { } tenant
                ? Answers.Json(TenantView.Of(tenant.Item, (await breakers.FindAsync(id, cancellationToken)).Item))
                : Problems.NoTenant(tenantId);
    }
}
