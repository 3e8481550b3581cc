using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Reanchor.GraphSimulator;

/// <summary>A running simulator on the loopback address. Disposing it stops it.</summary>
public sealed class GraphSimulatorHost : IAsyncDisposable
{
    private readonly WebApplication _application;

    private GraphSimulatorHost(WebApplication application, SimulatedCloud cloud, Uri endpoint)
    {
        _application = application;
        Cloud = cloud;
        Endpoint = endpoint;
    }

    public SimulatedCloud Cloud { get; }

    /// <summary>Such as <c>http://127.0.0.1:5001</c>; Graph is below <c>/v1.0</c> and <c>/beta</c>, control below <c>/simulator</c>.</summary>
    public Uri Endpoint { get; }

    /// <summary>Starts serving <paramref name="cloud"/>.</summary>
    /// <param name="port">0 for a free one.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<GraphSimulatorHost> StartAsync(SimulatedCloud cloud, int port, CancellationToken cancellationToken)
    {
        // A simulator inside another program must not read that program's settings, environment or content root.
        var builder = WebApplication.CreateEmptyBuilder(new() { ApplicationName = typeof(GraphSimulatorHost).Assembly.GetName().Name });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, GuestLifetime>();

        var application = builder.Build();
        var graph = new GraphEndpoint(cloud);
        application.UseRouting();
        application.MapControlRoutes(cloud);
        application.MapFallback("{**path}", graph.AnswerAsync);

        try
        {
            await application.StartAsync(cancellationToken);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }

        var address = application.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>()
            .Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return new(application, cloud, new Uri(address));
    }

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();
}
