using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Logging;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>The sign-in of one application to one tenant. When it does not work, it says why and what to do.</summary>
internal sealed class TenantSignIn(
    TokenCredential credential, TenantId tenant, GraphCloud cloud, string section, string? clientId, ILogger logger) : TokenCredential
{
    /// <exception cref="DirectoryUnavailableException">It did not work.</exception>
    public override async ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken)
    {
        try
        {
            return await credential.GetTokenAsync(requestContext, cancellationToken);
        }
        catch (AuthenticationFailedException ex)
        {
            var failure = SignInFailure.Of(ex, cloud, section);
            logger.SignInFailed(tenant, clientId, failure.Code, failure.TraceId);
            throw new DirectoryUnavailableException(failure.Text, ex) { NothingDone = true, NeedsRepair = failure.NeedsRepair };
        }
    }

    /// <summary>Nothing here waits for a token on a thread.</summary>
    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        throw new NotSupportedException();
}
