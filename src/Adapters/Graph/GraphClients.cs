using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Graph;
using Microsoft.Graph.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>One client, one credential and one throttle for each tenant and cloud; a token never crosses tenants.</summary>
internal sealed class GraphClients(IOptions<GraphOptions> options, GraphCredentials credentials, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<(TenantId, Cloud), Lazy<GraphTenantClient>> _clients = new();
    private readonly ThrottleScope _application = ThrottleScope.OfApplication(clock);

    // Shared by all tenants: connections are to Graph, whoever's token a request carries.
    private readonly SocketsHttpHandler _connections = new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        EnableMultipleHttp2Connections = true,
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
    };

    public GraphTenantClient For(Tenant tenant) =>
        _clients.GetOrAdd((tenant.Id, tenant.Cloud), key => new(() => Create(key.Item1, key.Item2))).Value;

    public void Dispose() => _connections.Dispose();

    private GraphTenantClient Create(TenantId tenant, Cloud cloudOfTenant)
    {
        var cloud = GraphCloud.Of(cloudOfTenant);
        var endpoint = options.Value.Endpoint ?? cloud.Endpoint;
        var address = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var signIn = new AzureIdentityAuthenticationProvider(
            credentials.For(tenant, cloud),
            [endpoint.Host],
            observabilityOptions: null,
            isCaeEnabled: true,
            scopes: [$"{cloud.Endpoint.GetLeftPart(UriPartial.Authority)}/.default"]);

        return new(address, new(CreateHttp(), signIn, $"{address}/v1.0"));
    }

    private HttpClient CreateHttp() => GraphClientFactory.Create(
        [
            .. GraphClientFactory.CreateDefaultHandlers().Where(h => h is not RetryHandler),
            new ThrottleHandler(new TenantThrottle(_application, clock), clock),
            new RequestMeterHandler(),
        ],
        finalHandler: _connections,
        disposeHandler: false);
}
