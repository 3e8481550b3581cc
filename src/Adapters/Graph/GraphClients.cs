using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Graph;
using Microsoft.Graph.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary.Middleware;
using Reanchor.Clearing;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>One Graph client for each tenant and cloud, with the sign-in of one application.</summary>
internal abstract class GraphClients(GraphApplication application, GraphOptions options, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<(TenantId, Cloud), Lazy<GraphTenantClient>> _clients = new();

    // Shared by all tenants: connections are to Graph, whoever's token a request carries.
    private readonly SocketsHttpHandler _connections = new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        EnableMultipleHttp2Connections = true,
        PooledConnectionLifetime = TimeSpan.FromMinutes(15),
    };

    /// <exception cref="DirectoryUnavailableException">The tenant is in a cloud that this installation is not for.</exception>
    public GraphTenantClient For(Tenant tenant) =>
        _clients.GetOrAdd((tenant.Id, tenant.Cloud), _ => new(() => Create(tenant))).Value;

    public void Dispose()
    {
        _connections.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>What a request must pass before it may wait for its turn.</summary>
    protected abstract IEnumerable<DelegatingHandler> Guards();

    /// <summary>What a request must pass once its turn has come.</summary>
    protected abstract IEnumerable<DelegatingHandler> Brakes(TenantId tenant);

    private GraphTenantClient Create(Tenant tenant)
    {
        var cloud = GraphCloud.Of(tenant.Cloud);

        if (options.Endpoint is { IsLoopback: false } only && only != cloud.Endpoint)
        {
            throw new DirectoryUnavailableException(
                $"The tenant's cloud is {tenant.Cloud}, and Graph__Endpoint keeps this installation to {only}. Correct the tenant's cloud, or leave "
                + "out the setting.") { NothingDone = true, NeedsRepair = true };
        }

        var endpoint = options.Endpoint ?? cloud.Endpoint;
        var address = endpoint.GetLeftPart(UriPartial.Path).TrimEnd('/');
        var signIn = new AzureIdentityAuthenticationProvider(
            application.SignInTo(tenant), [endpoint.Host], observabilityOptions: null, isCaeEnabled: true, scopes: [cloud.Scope]);

        var throttle = application.ThrottleOf(tenant.Id);

        return new(tenant.Id, address, new(CreateHttp(tenant.Id, throttle), signIn, $"{address}/v1.0"), throttle);
    }

    private HttpClient CreateHttp(TenantId tenant, TenantThrottle throttle) => GraphClientFactory.Create(
        [
            .. GraphClientFactory.CreateDefaultHandlers().Where(h => h is not RetryHandler),
            .. Guards(),
            new ThrottleHandler(tenant, throttle, clock),
            .. Brakes(tenant),
            new RequestMeterHandler(),
        ],
        finalHandler: _connections,
        disposeHandler: false);
}

/// <summary>Clients that can read, whatever their application has been granted.</summary>
internal sealed class GraphReaderClients(GraphApplications applications, IOptions<GraphOptions> options, TimeProvider clock)
    : GraphClients(applications.Reader, options.Value, clock)
{
    protected override IEnumerable<DelegatingHandler> Guards() => [new ReadOnlyHandler()];

    protected override IEnumerable<DelegatingHandler> Brakes(TenantId tenant) => [];
}

/// <summary>Clients that can write. For what follows an approval, and nothing else.</summary>
internal sealed class GraphWriterClients(
    GraphApplications applications, KillSwitch killSwitch, IOptions<GraphOptions> options, TimeProvider clock)
    : GraphClients(applications.Writer, options.Value, clock)
{
    protected override IEnumerable<DelegatingHandler> Guards() => [];

    protected override IEnumerable<DelegatingHandler> Brakes(TenantId tenant) => [new KillSwitchHandler(tenant, killSwitch)];
}
