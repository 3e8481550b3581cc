using Microsoft.Extensions.Time.Testing;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

/// <summary>A tenant that synchronises one forest.</summary>
internal sealed class SyncScenario
{
    public SyncScenario()
    {
        Cloud = new(Clock);
        Tenant = Cloud.AddTenant("Contoso", "contoso.onmicrosoft.com").AddDomain(RunningSimulator.Domain);
        Tenant.OnPremisesSyncEnabled = true;
        Forest = Tenant.AddForest("corp.contoso.example");
    }

    public FakeTimeProvider Clock { get; } = new(new(2026, 11, 22, 8, 0, 0, TimeSpan.Zero));
    public SimulatedCloud Cloud { get; }
    public SimulatedTenant Tenant { get; }
    public AdForest Forest { get; }

    public AdAccount Account(string name) => Forest.AddAccount(new()
    {
        UserPrincipalName = $"{name}@{RunningSimulator.Domain}",
        Mail = $"{name}@{RunningSimulator.Domain}",
        ProxyAddresses = [$"SMTP:{name}@{RunningSimulator.Domain}"],
        DisplayName = name,
    });

    /// <summary>An account, and an unsynced cloud user with its anchor.</summary>
    public SimulatedUser EqualAnchor()
    {
        var account = Account("maya");
        return Tenant.AddUser(RunningSimulator.User("maya.cloud", AdAccount.ToAnchor(account.ObjectGuid)));
    }

    /// <summary>Runs a cycle that must do one thing, and returns the user it did it to.</summary>
    public SimulatedUser Single(SyncOutcome outcome)
    {
        var result = Assert.Single(Tenant.RunSync().Results);
        Assert.Equal(outcome, result.Outcome);
        return Tenant.FindUser(result.UserId!.Value)!;
    }

    /// <summary>Runs a cycle that must fail for one account, and returns the error's name.</summary>
    public string? Error()
    {
        var result = Assert.Single(Tenant.RunSync().Results);
        Assert.Equal(SyncOutcome.Failed, result.Outcome);
        return result.Error?.Name;
    }
}
