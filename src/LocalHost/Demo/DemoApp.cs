using Reanchor.GraphSimulator;
using Reanchor.LocalHost.Identity;

namespace Reanchor.LocalHost.Demo;

/// <summary>Storage, simulator and functions of a demonstration, started together and stopped together.</summary>
internal sealed class DemoApp : IAsyncDisposable
{
    private readonly LocalStorage _storage;
    private readonly GraphSimulatorHost _simulator;

    private DemoApp(LocalStorage storage, GraphSimulatorHost simulator, LocalHostApp host) =>
        (_storage, _simulator, Host) = (storage, simulator, host);

    public LocalHostApp Host { get; }

    public SimulatedCloud Cloud => _simulator.Cloud;

    public Uri Graph => _simulator.Endpoint;

    public static async Task<DemoApp> StartAsync(LocalHostArguments arguments, CancellationToken cancellationToken)
    {
        var storage = await LocalStorage.OpenTemporaryAsync(arguments.Storage, cancellationToken);

        try
        {
            var simulator = await GraphSimulatorHost.StartAsync(SampleTenants.AddTo(new SimulatedCloud()), 0, cancellationToken);

            try
            {
                var settings = new Dictionary<string, string?>
                {
                    ["DataStorage"] = storage.ConnectionString,
                    ["Graph:Endpoint"] = simulator.Endpoint.AbsoluteUri,
                    ["Graph:Credential"] = "None",
                    ["Graph:ClientId"] = $"{SimulatedCloud.ApplicationId}",
                    ["Reanchor:VerificationFirstDelay"] = "00:00:01",
                    ["Reanchor:VerificationMaxDelay"] = "00:00:05",
                    ["Logging:LogLevel:Default"] = "Warning",
                };

                return new(storage, simulator, await LocalHostApp.StartAsync(arguments.Port, settings, keyFolder: null, arguments.TraceFile, cancellationToken));
            }
            catch
            {
                await simulator.DisposeAsync();
                throw;
            }
        }
        catch
        {
            await storage.DisposeAsync();
            throw;
        }
    }

    /// <summary>Signs a person in for every tenant.</summary>
    public ReanchorClient SignIn(string name, params string[] roles) => new(Host.Api, Token(name, roles));

    public string Token(string name, params string[] roles) =>
        Host.Identity.Mint(new LocalTokenRequest { Name = name, Roles = roles, Tenants = ["*"] });

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _simulator.DisposeAsync();
        await _storage.DisposeAsync();
    }
}
