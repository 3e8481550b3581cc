using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Options;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>Makes the credential with which Reanchor signs in to one tenant.</summary>
internal sealed class GraphCredentials(IOptions<GraphOptions> options)
{
    public TokenCredential For(TenantId tenant, GraphCloud cloud)
    {
        var settings = options.Value;

        return settings.Kind switch
        {
            GraphCredentialKind.Certificate => new ClientCertificateCredential(
                tenant.ToString(), settings.ClientId, settings.CertificatePath,
                new ClientCertificateCredentialOptions { AuthorityHost = cloud.Authority }),
            GraphCredentialKind.ClientSecret => new ClientSecretCredential(
                tenant.ToString(), settings.ClientId, settings.ClientSecret,
                new ClientSecretCredentialOptions { AuthorityHost = cloud.Authority }),
            GraphCredentialKind.FederatedIdentity => Federated(tenant, cloud, settings),
            _ => new UnsignedCredential(tenant),
        };
    }

    private static ClientAssertionCredential Federated(TenantId tenant, GraphCloud cloud, GraphOptions settings)
    {
        var identity = new ManagedIdentityCredential(
            ManagedIdentityId.FromUserAssignedClientId(settings.ManagedIdentityClientId));
        var scope = new TokenRequestContext([cloud.TokenExchangeAudience + "/.default"]);

        return new(
            tenant.ToString(),
            settings.ClientId,
            async cancellationToken => (await identity.GetTokenAsync(scope, cancellationToken)).Token,
            new ClientAssertionCredentialOptions { AuthorityHost = cloud.Authority });
    }
}
