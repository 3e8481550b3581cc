using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Reanchor.Adapters;
using Reanchor.Anchors;
using Reanchor.Contracts;
using Reanchor.GraphSimulator;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Reanchor.UnitTests.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.Graph;

public sealed class PartnerClaimsTests
{
    [Fact]
    public async Task FindPartnerClaimsAsync_HoldersOfAnchorNameAndAddress_AreFoundWhateverTheirCase()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var anchor = SourceAnchor.FromGuid(Guid.NewGuid());
        var matched = simulator.Tenant.AddUser(RunningSimulator.User("matched", anchor.Value));
        var byName = simulator.Tenant.AddUser(RunningSimulator.User("Ann.O'Neil"));
        var byAddress = simulator.Tenant.AddUser(RunningSimulator.User("other") with { Mail = null, ProxyAddresses = [$"smtp:AO@{RunningSimulator.Domain}"] });
        simulator.Tenant.AddUser(RunningSimulator.User("nobody"));

        var claims = await FindAsync(simulator, new PartnerKeys(anchor, [$"ann.o'neil@{RunningSimulator.Domain}", $"ao@{RunningSimulator.Domain}"]));

        Assert.Equal([matched.Id], claims[0].AnchorHolders.Value);
        Assert.Equal(new[] { byName.Id, byAddress.Id }.Order(), claims[0].NameHolders.Value.Order());
    }

    [Fact]
    public async Task FindPartnerClaimsAsync_ManyPartners_AreAnsweredInOrderTenARequest()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var users = Enumerable.Range(0, 25).Select(i => simulator.Tenant.AddUser(RunningSimulator.User($"u{i}", RunningSimulator.NewAnchor()))).ToList();

        using var meter = RequestMeter.Start();
        var claims = await FindAsync(simulator, [.. users.Select(u => new PartnerKeys(new(u.OnPremisesImmutableId!), [u.UserPrincipalName]))]);

        Assert.Equal(users.Select(u => u.Id), claims.Select(c => Assert.Single(c.AnchorHolders.Value)));
        Assert.Equal(users.Select(u => u.Id), claims.Select(c => Assert.Single(c.NameHolders.Value)));
        Assert.Equal(3, meter.Count);
    }

    [Fact]
    public async Task FindPartnerClaimsAsync_MoreThanAPage_IsUnknown()
    {
        await using var simulator = await RunningSimulator.StartAsync(t => t.Settings = t.Settings with { LargestUserPage = 1 });
        var holder = simulator.Tenant.AddUser(RunningSimulator.User("ann", RunningSimulator.NewAnchor()));
        simulator.Tenant.AddUser(RunningSimulator.User("other") with { Mail = null, ProxyAddresses = [$"smtp:AO@{RunningSimulator.Domain}"] });

        var claims = await FindAsync(simulator, new PartnerKeys(new(holder.OnPremisesImmutableId!), [holder.UserPrincipalName, $"ao@{RunningSimulator.Domain}"]));

        Assert.Equal([holder.Id], claims[0].AnchorHolders.Value);
        Assert.Contains("there are more", claims[0].NameHolders.UnknownBecause, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FindPartnerClaimsAsync_NotAllowed_IsUnknown()
    {
        await using var simulator = await RunningSimulator.StartAsync(t => t.Settings = t.Settings with { Permissions = [] });

        var claims = await FindAsync(simulator, new PartnerKeys(SourceAnchor.FromGuid(Guid.NewGuid()), ["ann@contoso.example"]));

        Assert.Contains("User.Read.All", claims[0].AnchorHolders.UnknownBecause, StringComparison.Ordinal);
        Assert.Contains("User.Read.All", claims[0].NameHolders.UnknownBecause, StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<PartnerClaims>> FindAsync(RunningSimulator simulator, params IReadOnlyList<PartnerKeys> partners)
    {
        await using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder()
                .AddInMemoryCollection(new Dictionary<string, string?> { ["Graph:Endpoint"] = $"{simulator.Http.BaseAddress}", ["Graph:Credential"] = "None" })
                .Build())
            .AddLogging()
            .AddSingleton<TimeProvider>(simulator.Clock)
            .AddGraphDirectory()
            .BuildServiceProvider();

        return await services.GetRequiredService<IDirectoryReader>().FindPartnerClaimsAsync(
            Samples.NewTenant(new TenantId(simulator.Tenant.Id)), partners, TestContext.Current.CancellationToken);
    }
}
