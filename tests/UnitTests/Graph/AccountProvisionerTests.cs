using Reanchor.GraphSimulator;
using Reanchor.Preflight;
using Reanchor.Scanning;
using Reanchor.Syncing;
using Reanchor.UnitTests.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.Graph;

public sealed class AccountProvisionerTests
{
    private const string Ada = "CN=ada,OU=People,DC=corp,DC=contoso,DC=example";

    [Fact]
    public async Task ProvisionAsync_CloudSync_MatchesTheOneAccount()
    {
        await using var simulator = await StartAsync();
        simulator.Tenant.Forests[0].AddAccount(new() { UserPrincipalName = $"bob@{RunningSimulator.Domain}", DisplayName = "bob" });
        var bob = simulator.Tenant.AddUser(RunningSimulator.User("bob"));
        var ada = simulator.Tenant.AddUser(RunningSimulator.User("ada"));

        var answer = await ProvisionAsync(simulator, Ada);

        Assert.Equal(new ProvisioningAnswer(ProvisioningOutcome.Provisioned, null), answer);
        Assert.True(simulator.Tenant.FindUser(ada.Id)!.OnPremisesSyncEnabled);
        Assert.Null(simulator.Tenant.FindUser(bob.Id)!.OnPremisesSyncEnabled);
        Assert.Matches(
            """^\{"parameters":\[\{"ruleId":"[0-9a-f-]{36}","subjects":\[\{"objectId":"CN=ada,OU=People,DC=corp,DC=contoso,DC=example","objectTypeName":"user"\}\]\}\]\}$""",
            Assert.Single(simulator.Tenant.Requests, r => r.Method == "POST").Body);
    }

    [Theory]
    [InlineData("no Cloud Sync", ProvisioningOutcome.NoJob, "no Cloud Sync")]
    [InlineData("applications not readable", ProvisioningOutcome.NoJob, DirectoryPermissions.ApplicationRead)]
    [InlineData("no permission", ProvisioningOutcome.NotPermitted, DirectoryPermissions.SynchronizationWrite)]
    [InlineData("no name", ProvisioningOutcome.UnknownName, "Update the collector")]
    [InlineData("moved", ProvisioningOutcome.Refused, "EntryNotFound")]
    [InlineData("out of scope", ProvisioningOutcome.Refused, "Skipped. NotEffectivelyEntitled")]
    [InlineData("agent down", ProvisioningOutcome.Refused, "HybridIdentityServiceNoAgentsAssigned")]
    public async Task ProvisionAsync_ItCannotBe_SaysWhy(string what, ProvisioningOutcome outcome, string words)
    {
        await using var simulator = await StartAsync();
        simulator.Tenant.Settings = what switch
        {
            "no Cloud Sync" => simulator.Tenant.Settings with { UsesCloudSync = false },
            "applications not readable" => Without(GraphPermissions.ApplicationReadAll, GraphPermissions.DirectoryReadAll),
            "no permission" => Without(GraphPermissions.ProvisioningReadWriteAll),
            "agent down" => simulator.Tenant.Settings with { SyncServerRunning = false },
            _ => simulator.Tenant.Settings,
        };

        if (what == "out of scope")
        {
            simulator.Tenant.Forests[0].UpdateAccount(simulator.Tenant.Forests[0].Accounts[0].ObjectGuid, a => a with { InScope = false });
        }

        var answer = await ProvisionAsync(
            simulator, what == "no name" ? null : what == "moved" ? Ada.Replace("People", "Old", StringComparison.Ordinal) : Ada);

        Assert.Equal(outcome, answer.Outcome);
        Assert.Contains(words, answer.Text, StringComparison.Ordinal);

        TenantSettings Without(params string[] permissions) =>
            simulator.Tenant.Settings with { Permissions = [.. GraphPermissions.All.Except(permissions)] };
    }

    [Theory]
    [InlineData(Ada, ProvisioningOutcome.Provisioned)]
    [InlineData("CN=eve,OU=People,DC=emea,DC=contoso,DC=example", ProvisioningOutcome.Provisioned)]
    [InlineData("CN=eve,OU=People,DC=asia,DC=contoso,DC=example", ProvisioningOutcome.NoJob)]
    public async Task ProvisionAsync_SeveralConfigurations_AsksTheOneOfTheDomain(string name, ProvisioningOutcome expected)
    {
        await using var simulator = await StartAsync();
        simulator.Tenant.AddForest("emea.contoso.example").AddAccount(
            new() { UserPrincipalName = $"eve@{RunningSimulator.Domain}", DisplayName = "eve" });

        Assert.Equal(expected, (await ProvisionAsync(simulator, name)).Outcome);
    }

    [Fact]
    public async Task ProvisionAsync_SixthInTenSeconds_IsNotSent()
    {
        await using var simulator = await StartAsync();

        await GraphReader.AskAsync<IAccountProvisioner, bool>(simulator, async (port, tenant) =>
        {
            for (var i = 0; i < 5; i++)
            {
                await port.ProvisionAsync(tenant, Ada, TestContext.Current.CancellationToken);
            }

            await Assert.ThrowsAsync<DirectoryUnavailableException>(
                () => port.ProvisionAsync(tenant, Ada, TestContext.Current.CancellationToken));
            Assert.Equal(5, simulator.Tenant.Requests.Count(r => r.Method == "POST"));
            simulator.Clock.Advance(TimeSpan.FromSeconds(10));
            return (await port.ProvisionAsync(tenant, Ada, TestContext.Current.CancellationToken)).Outcome is ProvisioningOutcome.Provisioned;
        });

        Assert.Equal(6, simulator.Tenant.Requests.Count(r => r.Method == "POST"));
    }

    /// <summary>Another process may have used the limit up.</summary>
    [Fact]
    public async Task ProvisionAsync_RefusedAsTooMany_IsLeftForLaterAndSentOnce()
    {
        await using var simulator = await StartAsync();

        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(ProvisioningOutcome.Provisioned, (await ProvisionAsync(simulator, Ada)).Outcome);
        }

        var refused = await Assert.ThrowsAsync<DirectoryUnavailableException>(() => ProvisionAsync(simulator, Ada));

        Assert.True(refused.NothingDone);
        Assert.Equal(6, simulator.Tenant.Requests.Count(r => r.Method == "POST"));
    }

    private static Task<RunningSimulator> StartAsync() => RunningSimulator.StartAsync(tenant =>
    {
        tenant.Settings = tenant.Settings with { UsesCloudSync = true };
        tenant.AddForest("corp.contoso.example").AddAccount(
            new() { UserPrincipalName = $"ada@{RunningSimulator.Domain}", DisplayName = "ada" });
    });

    private static Task<ProvisioningAnswer> ProvisionAsync(RunningSimulator simulator, string? name) =>
        GraphReader.AskAsync<IAccountProvisioner, ProvisioningAnswer>(
            simulator, (port, tenant) => port.ProvisionAsync(tenant, name, TestContext.Current.CancellationToken));
}
