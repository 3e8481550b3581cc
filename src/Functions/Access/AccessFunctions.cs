using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Options;
using Reanchor.Access;
using Reanchor.Functions.Http;

namespace Reanchor.Functions.Access;

/// <summary>
/// Who may touch which tenants. What they may do there is said by their roles, in Entra. Only who may touch all of them gives or sees
/// access.
/// </summary>
public sealed class AccessFunctions(
    IAccessStore grants, GrantAccessHandler grantAccess, RemoveAccessHandler removeAccess, IOptions<AccessOptions> options)
{
    private const string Route = "access/{principalId}";

    [Function("ListAccess")]
    [Answers(typeof(ListView<AccessView>))]
    [RequiresRole(Role.Administer)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "access")] HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.HttpContext.RefuseUnlessAllTenants() is { } refusal)
        {
            return refusal;
        }

        var granted = await grants.ListAsync(cancellationToken)
            .Where(found => found.Item.IsInForce)
            .Select(found => AccessView.Of(found.Item))
            .ToListAsync(cancellationToken);

        return Answers.List(new Page<AccessView>([.. FirstAdministrators(), .. granted], null), view => view);
    }

    [Function("GetAccess")]
    [Answers(typeof(AccessView))]
    [RequiresRole(Role.Administer)]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request,
        string principalId,
        CancellationToken cancellationToken)
    {
        if ((CheckId(principalId, out var id) ?? request.HttpContext.RefuseUnlessAllTenants()) is { } refusal)
        {
            return refusal;
        }

        var view = FirstAdministrators().FirstOrDefault(first => first.PrincipalId == id)
            ?? (await grants.FindAsync(id, cancellationToken) is { Item: { IsInForce: true } grant } ? AccessView.Of(grant) : null);

        return view is null ? NoAccess() : Answers.Json(view);
    }

    [Function("PutAccess")]
    [Takes(typeof(AccessBody))]
    [Answers(typeof(AccessView), 200, 201)]
    [RequiresRole(Role.Administer)]
    public async Task<IResult> PutAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest request,
        string principalId,
        CancellationToken cancellationToken)
    {
        if ((CheckId(principalId, out var id) ?? request.HttpContext.RefuseUnlessAllTenants()) is { } refusal)
        {
            return refusal;
        }

        var (body, problem) = await RequestBody.ReadAsync<AccessBody>(request, whenEmpty: null, cancellationToken);

        if (body is null)
        {
            return problem!;
        }

        if (body.Check(options.Value).ToList() is { Count: > 0 } errors)
        {
            return Problems.BadRequest("Access cannot be given like this.", errors);
        }

        var (outcome, grant) = await grantAccess.HandleAsync(
            new(
                id,
                body.Kind,
                (body.DirectoryId ?? options.Value.Directory)!.Value,
                body.IsForAllTenants,
                body.TenantIds,
                body.Reason,
                request.HttpContext.GetCaller().Actor),
            cancellationToken);

        return outcome switch
        {
            GrantAccessOutcome.Granted => Answers.Json(AccessView.Of(grant!), StatusCodes.Status201Created),
            GrantAccessOutcome.Replaced => Answers.Json(AccessView.Of(grant!)),
            GrantAccessOutcome.OwnAccess => OwnAccess(request),
            _ => Problems.LostRace("this access"),
        };
    }

    [Function("DeleteAccess")]
    [Takes(typeof(ReasonBody))]
    [Answers(null, 204)]
    [RequiresRole(Role.Administer)]
    public async Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest request,
        string principalId,
        CancellationToken cancellationToken)
    {
        if ((CheckId(principalId, out var id) ?? request.HttpContext.RefuseUnlessAllTenants()) is { } refusal)
        {
            return refusal;
        }

        var (reason, problem) = await RequestBody.ReadReasonAsync(request, cancellationToken);

        if (reason is null)
        {
            return problem!;
        }

        return await removeAccess.HandleAsync(new(id, reason, request.HttpContext.GetCaller().Actor), cancellationToken) switch
        {
            RemoveAccessOutcome.Removed => Results.NoContent(),
            RemoveAccessOutcome.NotFound => NoAccess(),
            RemoveAccessOutcome.OwnAccess => OwnAccess(request),
            _ => Problems.LostRace("this access"),
        };
    }

    private IEnumerable<AccessView> FirstAdministrators() =>
        options.Value.FirstAdministratorIds.Select(id => AccessView.OfFirstAdministrator(id, options.Value.Directory ?? Guid.Empty));

    private static IResult? CheckId(string principalId, out Guid id) =>
        EntraId.TryParse(principalId, out id)
            ? null
            : Problems.BadRequest("The address must end in the object id of a person, group or service principal, a GUID such as 00000000-0000-0000-0000-000000000001.");

    private static IResult NoAccess() => Problems.NotFound("No access has been given to this object id.");

    private static IResult OwnAccess(HttpRequest request) => request.HttpContext.Deny(
        AccessDecision.OwnAccess, null, Problems.Forbidden("Nobody changes their own access. Another administrator can."));
}
