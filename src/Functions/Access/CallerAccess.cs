using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Functions.Http;
using Reanchor.Tenants;

namespace Reanchor.Functions.Access;

public static class CallerAccess
{
    /// <summary>The caller whom the gate admitted.</summary>
    /// <exception cref="InvalidOperationException">The function has <c>[NoSignIn]</c>, or was reached around the gate.</exception>
    public static Caller GetCaller(this HttpContext context) => context.Admitted().Caller;

    /// <summary>For what belongs to no tenant: only who may see every one may see it. A refusal is logged.</summary>
    /// <returns><see langword="null"/> when the caller may.</returns>
    public static IResult? RefuseUnlessAllTenants(this HttpContext context) =>
        context.GetCaller().Scope.IsAll
            ? null
            : context.Deny(AccessDecision.OutOfScope, null, Problems.Forbidden("This belongs to no tenant; it needs access to all of them."));

    /// <summary>For an address that names its tenant inside of an id, where the gate does not see it. A refusal is logged.</summary>
    /// <returns><see langword="null"/> when the tenant is in the caller's scope; <paramref name="refusal"/> otherwise.</returns>
    public static IResult? RefuseOutside(this HttpContext context, TenantId tenant, IResult refusal) =>
        context.GetCaller().Scope.Includes(tenant) ? null : context.Deny(AccessDecision.OutOfScope, tenant, refusal);

    /// <summary>Logs that the caller was denied something behind the gate.</summary>
    /// <returns><paramref name="refusal"/>.</returns>
    public static IResult Deny(this HttpContext context, AccessDecision decision, TenantId? tenant, IResult refusal)
    {
        var call = context.Admitted();
        context.RequestServices.GetRequiredService<ILogger<HttpGate>>()
            .Denied(call.Function, decision, call.Caller.Actor.Kind, call.Caller.Actor.Id, tenant);
        return refusal;
    }

    private static AdmittedCall Admitted(this HttpContext context) =>
        context.Features.Get<AdmittedCall>() ?? throw new InvalidOperationException("Nobody has signed in for this request.");
}

/// <summary>Whom the gate admitted, and to which function.</summary>
internal sealed record AdmittedCall(string Function, Caller Caller);
