using Microsoft.AspNetCore.Http;
using Reanchor.Access;
using Reanchor.Functions.Http;

namespace Reanchor.Functions.Access;

public static class CallerAccess
{
    /// <summary>The caller whom the gate admitted.</summary>
    /// <exception cref="InvalidOperationException">The function has <c>[NoSignIn]</c>, or was reached around the gate.</exception>
    public static Caller GetCaller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("Nobody has signed in for this request.");

    /// <summary>For what belongs to no tenant: only who may see every one may see it.</summary>
    /// <returns><see langword="null"/> when the caller may.</returns>
    public static IResult? RefuseUnlessAllTenants(this HttpContext context) =>
        context.GetCaller().Scope.IsAll ? null : Problems.Forbidden("This belongs to no tenant; it needs access to all of them.");
}
