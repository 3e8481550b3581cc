using System.Collections.Concurrent;
using Azure.Core;
using Azure.Identity;
using Microsoft.Extensions.Logging;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>
/// One application of Reanchor's: its sign-in to each tenant, and what it has asked of Graph. Every tenant has a credential of its own,
/// which keeps its tokens to itself, so none can end up in a request to another. Only the registry decides where a tenant signs in.
/// </summary>
/// <param name="section">Where its settings stand, for whoever has to correct them.</param>
internal sealed class GraphApplication(
    string section, GraphApplicationOptions settings, SignInTransport transport, TimeProvider clock, ILogger<GraphApplication> logger)
{
    private readonly ConcurrentDictionary<(TenantId, Cloud), TenantSignIn> _signIns = new();
    private readonly ConcurrentDictionary<TenantId, TenantThrottle> _throttles = new();
    private readonly ThrottleScope _scope = ThrottleScope.OfApplication(clock);

    // Its tokens are for the exchange alone and name no customer, so all tenants share it.
    private readonly Lazy<ManagedIdentityCredential> _identity = new(
        () => new(ManagedIdentityId.FromUserAssignedClientId(settings.ManagedIdentityClientId)));

    public string? ClientId => settings.ClientId;

    public TenantSignIn SignInTo(Tenant tenant) => _signIns.GetOrAdd(
        (tenant.Id, tenant.Cloud),
        key =>
        {
            var cloud = GraphCloud.Of(key.Item2);
            return new(Create(key.Item1, cloud), key.Item1, cloud, section, ClientId, logger);
        });

    public TenantThrottle ThrottleOf(TenantId tenant) => _throttles.GetOrAdd(tenant, _ => new(_scope, clock));

    private TokenCredential Create(TenantId tenant, GraphCloud cloud) => settings.Kind switch
    {
        GraphCredentialKind.Certificate => new ClientCertificateCredential(
            $"{tenant}", ClientId, settings.CertificatePath, Prepare(new ClientCertificateCredentialOptions(), cloud)),
        GraphCredentialKind.ClientSecret => new ClientSecretCredential(
            $"{tenant}", ClientId, settings.ClientSecret, Prepare(new ClientSecretCredentialOptions(), cloud)),
        GraphCredentialKind.FederatedIdentity => new ClientAssertionCredential(
            $"{tenant}", ClientId, cancellationToken => AssertAsync(cloud, cancellationToken), Prepare(new ClientAssertionCredentialOptions(), cloud)),
        GraphCredentialKind.None => new UnsignedCredential(tenant, ClientId),
        _ => throw new InvalidOperationException($"{section}__Credential is {settings.Credential}."),
    };

    private async Task<string> AssertAsync(GraphCloud cloud, CancellationToken cancellationToken)
    {
        var token = await _identity.Value.GetTokenAsync(new([$"{cloud.TokenExchangeAudience}/.default"]), cancellationToken);
        return token.Token;
    }

    private T Prepare<T>(T options, GraphCloud cloud)
        where T : TokenCredentialOptions
    {
        options.AuthorityHost = cloud.Authority;
        options.Transport = transport.Requests;
        return options;
    }
}
