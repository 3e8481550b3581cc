using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Reanchor.Access;
using Reanchor.Functions.Http;
using Reanchor.Tenants;

namespace Reanchor.Functions.Access;

/// <summary>Stands before every HTTP function, in both hosts. What it does not know it denies.</summary>
public sealed class HttpGate(
    FunctionAccess functions,
    IOptions<AccessOptions> access,
    IOptionsMonitor<JwtBearerOptions> bearer,
    ILogger<HttpGate> logger,
    ITenantScopeSource? scopes = null)
{
    /// <summary>The route parameter that names the tenant a function is about.</summary>
    public const string TenantRouteValue = "tenantId";

    /// <summary>
    /// Says whether the function may run. If not, the refusal has been written as problem+json. If it may, and needs a sign-in,
    /// <c>HttpContext.User</c> is set and <see cref="CallerAccess.GetCaller"/> answers.
    /// </summary>
    public async Task<bool> AdmitAsync(HttpContext context, string functionName)
    {
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

        if (!rule.NeedsSignIn)
        {
            return null;
        }

        // Only the bearer token counts. Headers that a platform in front may set, such as X-MS-CLIENT-PRINCIPAL, can be forged.
        var authentication = await context.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);

        if (authentication.Failure is { } failure && !await AuthorityAnswersAsync(context.RequestAborted))
        {
            logger.AuthorityDoesNotAnswer(failure, access.Value.Authority);
            return Problems.Unavailable("Sign-in cannot be checked now: the issuer of tokens does not answer.");
        }

        var caller = authentication.Succeeded ? await IdentifyAsync(authentication.Principal, context.RequestAborted) : null;
        var routeValue = context.GetRouteValue(TenantRouteValue) as string;
        var wellFormed = TenantId.TryParse(routeValue, null, out var tenant);
        var decision = rule.Decide(caller, wellFormed ? tenant : null);

        if (caller is null)
        {
            logger.TokenRefused(functionName, Reason(authentication));
        }
        else if (decision is not AccessDecision.Allowed)
        {
            logger.Denied(functionName, decision, caller.Actor.Kind, caller.Actor.Id, wellFormed ? tenant : null);
        }

        switch (decision)
        {
            case AccessDecision.Unauthenticated:
                context.Response.Headers.WWWAuthenticate = authentication.None ? "Bearer" : "Bearer error=\"invalid_token\"";
                return Problems.Unauthorized(WhyNot(authentication));
            case AccessDecision.RoleMissing:
                return Problems.Forbidden($"This needs one of these roles: {string.Join(", ", rule.Roles.Order())}.");
            case AccessDecision.WrongKind:
                return Problems.Forbidden(
                    caller!.Actor.Kind is ActorKind.Person
                        ? "This is for an application that signs in as itself, not for a person."
                        : "This takes a person. An application may not do it, whatever roles it was given.");
            case AccessDecision.OutOfScope:
                return Problems.NotFound($"There is no tenant {tenant}.");
        }

        if (routeValue is not null && !wellFormed)
        {
            return Problems.BadRequest("The tenant id in the address is not a GUID such as 00000000-0000-0000-0000-000000000001.");
        }

        context.User = authentication.Principal!;
        context.Features.Set(caller);
        return null;
    }

    private async Task<Caller?> IdentifyAsync(ClaimsPrincipal token, CancellationToken cancellationToken)
    {
        if (TokenClaims.ReadActor(token) is not { } actor)
        {
            return null;
        }

        return new()
        {
            Actor = actor,
            Roles = TokenClaims.ReadRoles(token),
            Scope = await FindScopeAsync(token, actor, cancellationToken),
        };
    }

    private async Task<TenantScope> FindScopeAsync(
        ClaimsPrincipal token, Actor actor, CancellationToken cancellationToken)
    {
        if (access.Value.IsLocalAuthority)
        {
            return TokenClaims.ReadScope(token);
        }

        return scopes is null ? TenantScope.None : await scopes.FindScopeAsync(actor, cancellationToken);
    }

    // Without the issuer's keys a good token looks like a forged one; its bearer should be told to wait, not to sign in again.
    private async Task<bool> AuthorityAnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            var configuration = bearer.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager!;
            await configuration.GetConfigurationAsync(cancellationToken);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    // For the log: the kind of failure. Its message may repeat what the token says.
    private static string Reason(AuthenticateResult authentication) =>
        authentication.None ? "no token" : authentication.Failure?.GetType().Name ?? "names nobody";

    private static string WhyNot(AuthenticateResult authentication) => authentication.Failure switch
    {
        null when authentication.None => "Send an access token: Authorization: Bearer ...",
        null => "The access token is neither a person's nor an application's. Send an access token for Reanchor, not an ID token.",
        SecurityTokenExpiredException => "The access token has expired. Sign in again.",
        _ => "The access token is not valid here.",
    };
}
