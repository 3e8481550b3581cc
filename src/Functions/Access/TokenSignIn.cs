using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Reanchor.Access;

namespace Reanchor.Functions.Access;

/// <summary>
/// Signs in by an access token in the header <c>Authorization</c>, and by nothing else: headers that a platform in front may set, such
/// as <c>X-MS-CLIENT-PRINCIPAL</c>, can be forged.
/// </summary>
public sealed class TokenSignIn(
    IOptions<AccessOptions> access,
    IOptionsMonitor<JwtBearerOptions> bearer,
    ILogger<TokenSignIn> logger,
    ITenantScopeSource? scopes = null)
{
    internal async Task<SignIn> CheckAsync(HttpContext context)
    {
        var authentication = await context.AuthenticateAsync(JwtBearerDefaults.AuthenticationScheme);

        if (authentication.None)
        {
            return SignIn.None("Send an access token: Authorization: Bearer ...");
        }

        if (authentication.Failure is { } failure)
        {
            if (await FaultOfAuthorityAsync(context.RequestAborted) is { } fault)
            {
                logger.AuthorityDoesNotAnswer(fault, access.Value.Authority);
                return SignIn.Unknown;
            }

            // The message of a failure may repeat what the token says; its type does not.
            return SignIn.Refused(
                failure.GetType().Name,
                failure is SecurityTokenExpiredException
                    ? "The access token has expired. Sign in again."
                    : "The access token is not valid here.");
        }

        return await IdentifyAsync(authentication.Principal!, context.RequestAborted) is { } caller
            ? SignIn.Of(caller, authentication.Principal!)
            : SignIn.Refused(
                "names nobody",
                "The access token is neither a person's nor an application's. Send an access token for Reanchor, not an ID token.");
    }

    private async Task<Caller?> IdentifyAsync(ClaimsPrincipal token, CancellationToken cancellationToken) =>
        TokenClaims.ReadActor(token) is { } actor
            ? new()
            {
                Actor = actor,
                Roles = TokenClaims.ReadRoles(token),
                Scope = await FindScopeAsync(token, actor, cancellationToken),
                Groups = TokenClaims.ReadGroups(token),
            }
            : null;

    private async Task<TenantScope> FindScopeAsync(
        ClaimsPrincipal token, Actor actor, CancellationToken cancellationToken)
    {
        if (access.Value.IsLocalAuthority)
        {
            return TokenClaims.ReadScope(token);
        }

        if (TokenClaims.LeavesGroupsOut(token))
        {
            logger.GroupsLeftOut(actor.Id);
        }

        var principal = new Principal(actor, TokenClaims.ReadDirectory(token), TokenClaims.ReadGroups(token));
        return scopes is null ? TenantScope.None : await scopes.FindScopeAsync(principal, cancellationToken);
    }

    // Without the issuer's keys a good token looks like a forged one; its bearer should be told to wait, not to sign in again.
    private async Task<Exception?> FaultOfAuthorityAsync(CancellationToken cancellationToken)
    {
        try
        {
            var configuration = bearer.Get(JwtBearerDefaults.AuthenticationScheme).ConfigurationManager!;
            await configuration.GetConfigurationAsync(cancellationToken);
            return null;
        }
        catch (InvalidOperationException ex)
        {
            return ex;
        }
    }
}
