using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Clearing;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Tenants;

namespace Reanchor.Functions.Tenants;

public sealed class TenantsFunctions(
    ITenantStore tenants, IBreakerStore breakers, RegisterTenantHandler register, RemoveTenantHandler remove)
{
    [Function("ListTenants")]
    [Answers(typeof(ListView<TenantView>))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants")] HttpRequest request,
        CancellationToken cancellationToken)
    {
        var scope = request.HttpContext.GetCaller().Scope;
        var inScope = new List<Task<TenantView>>();

        await foreach (var tenant in tenants.ListAsync(cancellationToken))
        {
            if (scope.Includes(tenant.Id))
            {
                inScope.Add(ViewAsync(tenant, cancellationToken));
            }
        }

        return Answers.List(new Page<TenantView>(await Task.WhenAll(inScope), null), view => view);
    }

    [Function("GetTenant")]
    [Answers(typeof(TenantView))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken) =>
        await tenants.FindAsync(TenantId.Parse(tenantId, null), cancellationToken) is { } found
            ? Answers.Json(await ViewAsync(found.Item, cancellationToken))
            : Problems.NoTenant(tenantId);

    [Function("PutTenant")]
    [Takes(typeof(TenantBody))]
    [Answers(typeof(TenantView), 200, 201)]
    [MaxBody(512 * 1024)]
    [RequiresRole(Role.Administer)]
    public async Task<IResult> PutAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "tenants/{tenantId}")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken)
    {
        var (body, problem) = await RequestBody.ReadAsync<TenantBody>(request, whenEmpty: null, cancellationToken);

        if (body is null)
        {
            return problem!;
        }

        var id = TenantId.Parse(tenantId, null);

        if (body.Check(id).ToList() is { Count: > 0 } errors)
        {
            return Problems.BadRequest("The tenant's settings cannot be used.", errors);
        }

        var (outcome, tenant) = await register.HandleAsync(
            new(body.ToTenant(id), request.HttpContext.GetCaller().Actor, body.ChangedAt), cancellationToken);

        return outcome switch
        {
            RegisterTenantOutcome.Registered => Answers.Json(await ViewAsync(tenant, cancellationToken), StatusCodes.Status201Created),
            RegisterTenantOutcome.Changed => Answers.Json(await ViewAsync(tenant, cancellationToken)),
            _ => Problems.LostRace("the tenant"),
        };
    }

    [Function("DeleteTenant")]
    [Answers(null, 204)]
    [RequiresRole(Role.Administer)]
    public async Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "tenants/{tenantId}")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken) =>
        await remove.HandleAsync(
            new(TenantId.Parse(tenantId, null), request.HttpContext.GetCaller().Actor), cancellationToken) switch
        {
            RemoveTenantOutcome.Removed => Results.NoContent(),
            RemoveTenantOutcome.NotFound => Problems.NoTenant(tenantId),
            _ => Problems.LostRace("the tenant"),
        };

    private async Task<TenantView> ViewAsync(Tenant tenant, CancellationToken cancellationToken) =>
        TenantView.Of(tenant, (await breakers.FindAsync(tenant.Id, cancellationToken)).Item);
}
