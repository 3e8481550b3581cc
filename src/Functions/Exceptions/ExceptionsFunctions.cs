using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Access;
using Reanchor.Exceptions;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Tenants;

namespace Reanchor.Functions.Exceptions;

public sealed class ExceptionsFunctions(
    ITenantStore tenants,
    IExceptionStore exceptions,
    SetExceptionHandler setException,
    RemoveExceptionHandler removeException,
    TimeProvider clock)
{
    private const string Route = "tenants/{tenantId}/exceptions/{userId}";

    [Function("ListExceptions")]
    [Answers(typeof(ListView<ExceptionView>))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "tenants/{tenantId}/exceptions")] HttpRequest request,
        string tenantId,
        CancellationToken cancellationToken)
    {
        var tenant = TenantId.Parse(tenantId, null);

        return await Answers.ListAsync(
            tenants,
            tenant,
            async () => new Page<ExceptedUser>(
                await exceptions.ListAsync(tenant, cancellationToken)
                    .Select(found => found.Item)
                    .Where(exception => exception.IsInForce(clock.GetUtcNow()))
                    .ToListAsync(cancellationToken),
                null),
            ExceptionView.Of,
            cancellationToken);
    }

    [Function("GetException")]
    [Answers(typeof(ExceptionView))]
    [RequiresRole(Role.Read)]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = Route)] HttpRequest request,
        string tenantId,
        string userId,
        CancellationToken cancellationToken)
    {
        if (!TryParseUser(userId, out var user, out var problem))
        {
            return problem!;
        }

        var found = await exceptions.FindAsync(TenantId.Parse(tenantId, null), user, cancellationToken);
        return found?.Item.IsInForce(clock.GetUtcNow()) is true
            ? Answers.Json(ExceptionView.Of(found.Item))
            : NoneInForce();
    }

    [Function("PutException")]
    [Takes(typeof(ExceptionBody))]
    [Answers(typeof(ExceptionView), 200, 201)]
    [RequiresRole(Role.Administer)]
    public async Task<IResult> PutAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = Route)] HttpRequest request,
        string tenantId,
        string userId,
        CancellationToken cancellationToken)
    {
        if (!TryParseUser(userId, out var user, out var badUser))
        {
            return badUser!;
        }

        var (body, problem) = await RequestBody.ReadAsync<ExceptionBody>(request, whenEmpty: null, cancellationToken);

        if (body is null)
        {
            return problem!;
        }

        if (body.Check(clock.GetUtcNow()).ToList() is { Count: > 0 } errors)
        {
            return Problems.BadRequest("The exception cannot be set like this.", errors);
        }

        var result = await setException.HandleAsync(
            new(
                TenantId.Parse(tenantId, null),
                user,
                body.Owner.Trim(),
                body.Reason,
                body.ExpiresAt.ToUniversalTime(),
                request.HttpContext.GetCaller().Actor),
            cancellationToken);

        return result.Outcome switch
        {
            SetExceptionOutcome.Set => Answers.Json(ExceptionView.Of(result.Exception!), StatusCodes.Status201Created),
            SetExceptionOutcome.Replaced => Answers.Json(ExceptionView.Of(result.Exception!)),
            SetExceptionOutcome.TenantNotFound => Problems.NoTenant(tenantId),
            _ => Problems.LostRace("this user's exception"),
        };
    }

    [Function("DeleteException")]
    [Takes(typeof(ReasonBody))]
    [Answers(null, 204)]
    [RequiresRole(Role.Administer)]
    public async Task<IResult> DeleteAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = Route)] HttpRequest request,
        string tenantId,
        string userId,
        CancellationToken cancellationToken)
    {
        if (!TryParseUser(userId, out var user, out var badUser))
        {
            return badUser!;
        }

        var (reason, problem) = await RequestBody.ReadReasonAsync(request, cancellationToken);

        if (reason is null)
        {
            return problem!;
        }

        return await removeException.HandleAsync(
            new(TenantId.Parse(tenantId, null), user, reason, request.HttpContext.GetCaller().Actor), cancellationToken) switch
        {
            RemoveExceptionOutcome.Removed => Results.NoContent(),
            RemoveExceptionOutcome.NotFound => NoneInForce(),
            _ => Problems.LostRace("this user's exception"),
        };
    }

    private static bool TryParseUser(string userId, out Guid user, out IResult? problem)
    {
        problem = EntraId.TryParse(userId, out user)
            ? null
            : Problems.BadRequest("The user in the address must be an object id, a GUID such as 00000000-0000-0000-0000-000000000001.");
        return problem is null;
    }

    private static IResult NoneInForce() => Problems.NotFound("No exception is in force for this user.");
}
