using Reanchor.GraphSimulator;
using Reanchor.Scanning;
using Reanchor.UnitTests.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.Graph;

/// <summary>What a busy Graph comes to at the adapter's edge, over HTTP.</summary>
public sealed class ThrottledGraphTests
{
    [Theory]
    [InlineData(FaultKind.TooManyRequests)]
    [InlineData(FaultKind.ServiceUnavailable)]
    public async Task FindUserAsync_Refused_SaysForHowLongAndIsSentOnce(FaultKind kind)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        simulator.Cloud.Faults.Add(new() { Kind = kind, RetryAfter = 30 });

        var busy = await Assert.ThrowsAsync<DirectoryUnavailableException>(
            () => GraphReader.AskAsync(simulator, (reader, tenant) => reader.FindUserAsync(tenant, Guid.NewGuid(), World.Cancellation)));

        Assert.Equal(TimeSpan.FromSeconds(30), busy.RetryAfter);
        Assert.Single(simulator.Tenant.Requests);
    }

    [Fact]
    public async Task FindUserAsync_ConnectionCut_IsAFaultWithoutATimeAndIsSentOnce()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        simulator.Cloud.Faults.Add(new() { Kind = FaultKind.CutAfter });

        var fault = await Assert.ThrowsAsync<DirectoryUnavailableException>(
            () => GraphReader.AskAsync(simulator, (reader, tenant) => reader.FindUserAsync(tenant, Guid.NewGuid(), World.Cancellation)));

        Assert.Equal((null, false), (fault.RetryAfter, fault.NothingDone));
        Assert.Single(simulator.Tenant.Requests);
    }

    [Fact]
    public async Task ReadUserFactsAsync_StepRefusedForLong_SaysForHowLongWithoutSleeping()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("ann"));
        simulator.Cloud.Faults.Add(new() { Kind = FaultKind.TooManyRequests, PathPrefix = "/users/", RetryAfter = 30, Skip = 1, Count = 1 });

        var busy = await Assert.ThrowsAsync<DirectoryUnavailableException>(() => ReadFactsAsync(simulator, user));

        Assert.Equal(TimeSpan.FromSeconds(30), busy.RetryAfter);
    }

    [Fact]
    public async Task ReadUserFactsAsync_OneStepRefused_IsSentAgainAlone()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("ann"));
        simulator.Cloud.Faults.Add(new() { Kind = FaultKind.TooManyRequests, PathPrefix = "/users/", RetryAfter = 1, Skip = 1, Count = 1 });

        var facts = await ReadFactsAsync(simulator, user);

        Assert.Equal(("user", false), (facts.MailboxPurpose.Value, facts.IsCloudManaged.Value));
        var steps = simulator.Tenant.Requests.Where(r => r.BatchStep is not null).Select(r => r.Target.Split('/', '?')[4]);
        Assert.Equal(["onPremisesSyncBehavior", "mailboxSettings", "mailboxSettings"], steps);
    }

    [Fact]
    public async Task ReadUserFactsAsync_ForAScan_AsksEveryStepAtLowPriority()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("ann"));

        await ReadFactsAsync(simulator, user);
        Assert.DoesNotContain(simulator.Tenant.Requests, r => r.Headers.ContainsKey("x-ms-throttle-priority"));
        var before = simulator.Tenant.Requests.Count;
        await Scan();

        Assert.All(simulator.Tenant.Requests.Skip(before), r => Assert.Equal("Low", r.Headers["x-ms-throttle-priority"]));

        async Task Scan()
        {
            RequestPriority.Lower();
            await ReadFactsAsync(simulator, user);
        }
    }

    private static async Task<UserFacts> ReadFactsAsync(RunningSimulator simulator, SimulatedUser user) =>
        (await GraphReader.AskAsync(
            simulator,
            (reader, tenant) => reader.ReadUserFactsAsync(
                tenant,
                [new CloudUser { Id = user.Id, UserPrincipalName = user.UserPrincipalName, OnPremises = new() }],
                World.Cancellation)))[0];
}
