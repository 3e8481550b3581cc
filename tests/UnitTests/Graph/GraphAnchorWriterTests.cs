using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Reanchor.Adapters;
using Reanchor.Anchors;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.GraphSimulator;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Reanchor.UnitTests.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.Graph;

/// <summary>What goes over the wire, byte for byte, and what becomes of Graph's answers.</summary>
public sealed class GraphAnchorWriterTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Writes_EachKind_HaveExactlyOnePropertyInTheBody()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(new() { UserPrincipalName = $"ann@{simulator.Tenant.InitialDomain}", OnPremisesImmutableId = "old", OnPremisesObjectIdentifier = "id" });

        Assert.Null(await WriteAsync(simulator, (writer, tenant) => writer.WriteAsync(tenant, user.Id, null, Cancellation)));
        Assert.Null(await WriteAsync(simulator, (writer, tenant) => writer.ClearObjectIdentifierAsync(tenant, user.Id, Cancellation)));
        Assert.Null(await WriteAsync(simulator, (writer, tenant) => writer.WriteAsync(tenant, user.Id, new("a+b/c=="), Cancellation)));

        Assert.Equal(
            ["{\"onPremisesImmutableId\":null}", "{\"onPremisesObjectIdentifier\":null}", "{\"onPremisesImmutableId\":\"a+b/c==\"}"],
            simulator.Tenant.Requests.Where(r => r.Method == "PATCH").Select(r => r.Body));
    }

    [Theory]
    [InlineData(FaultKind.TooManyRequests, true)]
    [InlineData(FaultKind.ServiceUnavailable, false)]
    [InlineData(FaultKind.CutAfter, false)]
    public async Task WriteAsync_NoAnswer_SaysWhetherItIsCertainThatNothingWasDone(FaultKind fault, bool nothingDone)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(new() { UserPrincipalName = $"ann@{simulator.Tenant.InitialDomain}", OnPremisesImmutableId = "old" });
        simulator.Cloud.Faults.Add(new() { Kind = fault, Method = "PATCH" });

        var thrown = await Assert.ThrowsAsync<DirectoryUnavailableException>(
            () => WriteAsync(simulator, (writer, tenant) => writer.WriteAsync(tenant, user.Id, null, Cancellation)));

        Assert.Equal(nothingDone, thrown.NothingDone);
    }

    [Fact]
    public async Task WriteAsync_KillSwitchIsOn_SendsNothing()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(new() { UserPrincipalName = $"ann@{simulator.Tenant.InitialDomain}", OnPremisesImmutableId = "old" });

        var thrown = await Assert.ThrowsAsync<DirectoryUnavailableException>(
            () => WriteAsync(simulator, (writer, tenant) => writer.WriteAsync(tenant, user.Id, null, Cancellation), paused: true));

        Assert.True(thrown.NothingDone);
        Assert.Empty(simulator.Tenant.Requests);
    }

    private static async Task<AnchorRefusal?> WriteAsync(
        RunningSimulator simulator, Func<IAnchorWriter, Tenant, Task<AnchorRefusal?>> write, bool paused = false)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(
                new Dictionary<string, string?> { ["Graph:Endpoint"] = $"{simulator.Http.BaseAddress}", ["Graph:Credential"] = "None" }).Build())
            .AddKillSwitch(paused)
            .AddGraphDirectory()
            .BuildServiceProvider();

        return await write(services.GetRequiredService<IAnchorWriter>(), Samples.NewTenant(new(simulator.Tenant.Id)));
    }
}
