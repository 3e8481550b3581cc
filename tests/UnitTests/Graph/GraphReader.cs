using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Reanchor.Adapters;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Reanchor.UnitTests.GraphSimulator;

namespace Reanchor.UnitTests.Graph;

/// <summary>Asks the Graph adapter, composed as the hosts compose it, about the simulator's tenant.</summary>
internal static class GraphReader
{
    public static Task<T> AskAsync<T>(
        RunningSimulator simulator,
        Func<IDirectoryReader, Tenant, Task<T>> ask,
        TenantPolicy? policy = null,
        string? clientId = null) => AskAsync<IDirectoryReader, T>(simulator, ask, policy, clientId);

    /// <summary>The same of another port of the adapter.</summary>
    public static async Task<T> AskAsync<TPort, T>(
        RunningSimulator simulator,
        Func<TPort, Tenant, Task<T>> ask,
        TenantPolicy? policy = null,
        string? clientId = null)
        where TPort : notnull
    {
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?>
                {
                    ["Graph:Endpoint"] = $"{simulator.Http.BaseAddress}",
                    ["Graph:Credential"] = "None",
                    ["Graph:ClientId"] = clientId,
                })
                .Build())
            .AddLogging()
            .AddSingleton<TimeProvider>(simulator.Clock)
            .AddKillSwitch()
            .AddGraphDirectory()
            .BuildServiceProvider();

        return await ask(
            services.GetRequiredService<TPort>(),
            Samples.NewTenant(new TenantId(simulator.Tenant.Id)) with { Policy = policy ?? TenantPolicy.Default });
    }
}
