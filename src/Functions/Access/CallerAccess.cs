using Microsoft.AspNetCore.Http;
using Reanchor.Access;

namespace Reanchor.Functions.Access;

public static class CallerAccess
{
    /// <summary>The caller whom the gate admitted.</summary>
    /// <exception cref="InvalidOperationException">The function has <c>[NoSignIn]</c>, or was reached around the gate.</exception>
    public static Caller GetCaller(this HttpContext context) =>
        context.Features.Get<Caller>() ?? throw new InvalidOperationException("Nobody has signed in for this request.");
}
