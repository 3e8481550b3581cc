using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Functions.Http;
using Reanchor.Tenants;

namespace Reanchor.Functions.Access;

/// <summary>Stands before every HTTP function, in both hosts. What it does not know it denies.</summary>
public sealed class HttpGate(
    FunctionAccess functions, TokenSignIn tokens, CollectorKeySignIn keys, CallLimits limits, ILogger<HttpGate> logger)
{
    /// <summary>The route parameter that names the tenant a function is about.</summary>
    public const string TenantRouteValue = "tenantId";

    /// <summary>The route parameter that names the collector a function is about.</summary>
    public const string CollectorRouteValue = "collectorId";

    /// <summary>
    /// Says whether the function may run. If not, the refusal has been written as problem+json. If it may, and needs a sign-in,
    /// <c>HttpContext.User</c> is set and <see cref="CallerAccess.GetCaller"/> answers.
    /// </summary>
    public async Task<bool> AdmitAsync(HttpContext context, string functionName)
    {
        SecurityHeaders.PutOn(context.Response);
        var refusal = await CheckAsync(context, functionName);

        if (refusal is null)
        {
            return true;
        }

        await refusal.ExecuteAsync(context);
        return false;
    }

    private async Task<IResult?> CheckAsync(HttpContext context, string functionName)
    {
        if (functions.RuleOf(functionName) is not { } rule)
        {
            logger.FunctionWithoutRule(functionName);
            return Problems.Forbidden("Nobody may call this function.");
        }

        RequestBody.Limit(context.Request, functions.MaxBodyOf(functionName));
        var network = CallerNetwork.Of(context);

        if (!rule.NeedsSignIn)
        {
            return Count(context, network);
        }

        var signIn = await SignInAsync(context, network);

        return signIn switch
        {
            null => TooManyFailures(context, network, limits.HasFailed(network)),
            { IsUnknown: true } => Problems.Unavailable("Sign-in cannot be checked now: the issuer of tokens does not answer."),
            { Caller: { } caller } => Count(context, $"{caller.Actor.Kind} {caller.Actor.Id}") ?? Decide(context, functionName, rule, caller, signIn),
            _ => Refuse(context, functionName, network, signIn),
        };
    }

    /// <returns>
    /// <see langword="null"/> for a collector's key that is not even looked at: refusing it would take a read of storage, and its network has
    /// failed too often. A key that was good before, and a token, which costs no read, are looked at all the same: an attacker
    /// does not lock out those who share a network with them.
    /// </returns>
    private async Task<SignIn?> SignInAsync(HttpContext context, string network) =>
        CollectorKeySignIn.KeyOf(context.Request) is not { } key ? await tokens.CheckAsync(context)
        : keys.IsKnown(key) || limits.HasFailed(network) is null ? await keys.CheckAsync(key, context.RequestAborted)
        : null;

    private IResult? Decide(HttpContext context, string functionName, AccessRule rule, Caller caller, SignIn signIn)
    {
        var routeValue = context.GetRouteValue(TenantRouteValue) as string;
        var wellFormed = TenantId.TryParse(routeValue, null, out var tenant);
        CollectorId.TryParse(context.GetRouteValue(CollectorRouteValue) as string, null, out var collector);
        var decision = rule.Decide(caller, wellFormed ? tenant : null, collector);

        if (decision is not AccessDecision.Allowed)
        {
            logger.Denied(functionName, decision, caller.Actor.Kind, caller.Actor.Id, wellFormed ? tenant : null);
        }

        switch (decision)
        {
            case AccessDecision.RoleMissing:
                return Problems.Forbidden($"This needs one of these roles: {string.Join(", ", rule.Roles.Order())}.");
            case AccessDecision.WrongKind:
                return Problems.Forbidden(
                    caller.Actor.Kind is ActorKind.Person
                        ? "This is for an application that signs in as itself, not for a person."
                        : "This takes a person. An application may not do it, whatever roles it was given.");
            case AccessDecision.OutOfScope:
                return Problems.NoTenant(tenant);
            case AccessDecision.OtherCollector:
                return Problems.Forbidden($"This is the key of collector {caller.Collector}, which speaks for itself alone.");
        }

        if (routeValue is not null && !wellFormed)
        {
            logger.AddressRefused(functionName, caller.Actor.Kind, caller.Actor.Id);
            return Problems.BadRequest("The tenant id in the address is not a GUID such as 00000000-0000-0000-0000-000000000001.");
        }

        if (context.Request.RouteValues.Values.OfType<string>().Any(HasWhatNoIdHas))
        {
            logger.AddressRefused(functionName, caller.Actor.Kind, caller.Actor.Id);
            return Problems.BadRequest("An id in the address has characters that no id has.");
        }

        context.User = signIn.User!;
        context.Features.Set(new AdmittedCall(functionName, caller));
        return null;
    }

    /// <summary>Ids and sign-in names of users have none of these; tricks with paths do.</summary>
    private static bool HasWhatNoIdHas(string routeValue) =>
        routeValue.Any(c => c is '/' or '\\' || char.IsControl(c) || char.IsWhiteSpace(c))
        || routeValue.Contains("%2f", StringComparison.OrdinalIgnoreCase) // which the server leaves as it is
        || routeValue.Contains("..", StringComparison.Ordinal);

    private IResult Refuse(HttpContext context, string functionName, string network, SignIn signIn)
    {
        if (limits.Fail(network) is { } wait)
        {
            return TooManyFailures(context, network, wait);
        }

        logger.SignInRefused(functionName, signIn.Reason);
        context.Response.Headers.WWWAuthenticate = signIn.Challenge;
        return Problems.Unauthorized(signIn.Detail);
    }

    private IResult TooManyFailures(HttpContext context, string network, TimeSpan? wait)
    {
        if (limits.MayWarn(network))
        {
            logger.TooManyFailures(network);
        }

        return Wait(context, wait ?? TimeSpan.Zero, "Too many sign-ins from your network have failed. Check the token or key, then try again.");
    }

    private IResult? Count(HttpContext context, string caller)
    {
        if (limits.Call(caller) is not { } wait)
        {
            return null;
        }

        if (limits.MayWarn(caller))
        {
            logger.TooManyCalls(caller);
        }

        return Wait(context, wait, "Too many requests. Slow down, then try again.");
    }

    private static IResult Wait(HttpContext context, TimeSpan wait, string detail)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return Problems.TooManyRequests(detail);
    }
}
