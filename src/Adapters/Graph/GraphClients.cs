using System.Collections.Concurrent;
using Microsoft.Extensions.Options;
using Microsoft.Graph;
using Microsoft.Graph.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>One pair of clients, and one credential, for each tenant and cloud; a token never crosses tenants.</summary>
internal sealed class GraphClients(IOptions<GraphOptions> options, GraphCredentials credentials) : IDisposable
{
    private readonly ConcurrentDictionary<(TenantId, Cloud), Lazy<GraphTenantClient>> _clients = new();
    private readonly HttpClient _readerHttp = CreateHttp(retries: true);
    private readonly HttpClient _writerHttp = CreateHttp(retries: false);

    public GraphTenantClient For(Tenant tenant) =>
        _clients.GetOrAdd((tenant.Id, tenant.Cloud), key => new(() => Create(key.Item1, key.Item2))).Value;

    public void Dispose()
    {
        _readerHttp.Dispose();
        _writerHttp.Dispose();
    }

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

        return new(
            address,
            new(_readerHttp, signIn, $"{address}/v1.0"),
            new(_writerHttp, signIn, $"{address}/v1.0"));
    }

    private static HttpClient CreateHttp(bool retries)
    {
        var handlers = GraphClientFactory.CreateDefaultHandlers();

        if (!retries)
        {
            handlers = [.. handlers.Where(h => h is not RetryHandler)];
        }

        handlers.Add(new RequestMeterHandler());
        return GraphClientFactory.Create(handlers);
    }
}
