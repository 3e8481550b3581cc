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

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ReadUserFactsAsync_RefusedForLong_SaysForHowLongWithoutSleeping(int users)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var asked = AddUsers(simulator, users);
        simulator.Cloud.Faults.Add(new() { Kind = FaultKind.TooManyRequests, PathPrefix = "/users/", RetryAfter = 30, Skip = 1, Count = 1 });

        var busy = await Assert.ThrowsAsync<DirectoryUnavailableException>(() => ReadFactsAsync(simulator, asked));

        Assert.Equal(TimeSpan.FromSeconds(30), busy.RetryAfter);
    }

    [Fact]
    public async Task ReadUserFactsAsync_OneStepRefused_IsSentAgainAlone()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var users = AddUsers(simulator, 2);
        simulator.Cloud.Faults.Add(new() { Kind = FaultKind.TooManyRequests, PathPrefix = "/users/", RetryAfter = 1, Skip = 1, Count = 1 });

        var facts = await ReadFactsAsync(simulator, users);

        Assert.All(facts, f => Assert.Equal(("user", false), (f.MailboxPurpose.Value, f.IsCloudManaged.Value)));
        var steps = simulator.Tenant.Requests.Where(r => r.BatchStep is not null).Select(r => r.Target.Split('/', '?')[4]);
        Assert.Equal(["onPremisesSyncBehavior", "mailboxSettings", "onPremisesSyncBehavior", "mailboxSettings", "mailboxSettings"], steps);
    }

    [Fact]
    public async Task ReadUserFactsAsync_OneUser_IsAskedForWithoutABatchAndRefusalsAreItsUnknowns()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var users = AddUsers(simulator, 1);
        simulator.Tenant.Settings = simulator.Tenant.Settings with
        {
            Permissions = [.. simulator.Tenant.Settings.Permissions.Where(p => !p.StartsWith("MailboxSettings", StringComparison.Ordinal))],
        };

        var facts = Assert.Single(await ReadFactsAsync(simulator, users));

        Assert.Equal((false, false, false), (facts.IsCloudManaged.Value, facts.MailboxPurpose.IsKnown, facts.MailboxPurpose.HasFailed));
        Assert.Contains("MailboxSettings.Read", facts.MailboxPurpose.UnknownBecause, StringComparison.Ordinal);
        Assert.Equal((2, 0), (simulator.Tenant.Requests.Count, simulator.Tenant.Requests.Count(r => r.Method == "POST")));
    }

    /// <summary>One user is asked for in requests of their own, two in a batch.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ReadUserFactsAsync_FailsForAMoment_IsAskedAgainAlone(int users)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var asked = AddUsers(simulator, users);
        simulator.Cloud.Faults.Add(new() { Kind = FaultKind.BadGateway, Pattern = "mailboxSettings", Count = 3 });

        var facts = await ReadFactsAsync(simulator, asked);

        Assert.All(facts, f => Assert.Equal(("user", false), (f.MailboxPurpose.Value, f.IsCloudManaged.Value)));
        Assert.Equal(users, simulator.Tenant.Requests.Count(r => r.Target.Contains("onPremisesSyncBehavior", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task ReadUserFactsAsync_KeepsFailing_IsOneUsersUnknownThatMayBeAskedAgain(int users)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var asked = AddUsers(simulator, users);
        simulator.Cloud.Faults.Add(new() { Kind = FaultKind.BadGateway, Pattern = $"{asked[0].Id}/mailboxSettings" });

        var facts = await ReadFactsAsync(simulator, asked);

        Assert.Equal((true, false), (facts[0].MailboxPurpose.HasFailed, facts[0].IsCloudManaged.HasFailed));
        Assert.Contains("502", facts[0].MailboxPurpose.UnknownBecause, StringComparison.Ordinal);
        Assert.All(facts.Skip(1), f => Assert.True(f.MailboxPurpose.IsKnown));
        Assert.Equal(4, simulator.Tenant.Requests.Count(r => r.Target.Contains($"{asked[0].Id}/mailboxSettings", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ReadUserFactsAsync_ForAScan_AsksEveryStepAtLowPriority()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var users = AddUsers(simulator, 2);

        await ReadFactsAsync(simulator, users);
        Assert.DoesNotContain(simulator.Tenant.Requests, r => r.Headers.ContainsKey("x-ms-throttle-priority"));
        var before = simulator.Tenant.Requests.Count;
        await Scan();

        Assert.All(simulator.Tenant.Requests.Skip(before), r => Assert.Equal("Low", r.Headers["x-ms-throttle-priority"]));

        async Task Scan()
        {
            RequestPriority.Lower();
            await ReadFactsAsync(simulator, users);
            await ReadFactsAsync(simulator, [users[0]]);
        }
    }

    private static IReadOnlyList<SimulatedUser> AddUsers(RunningSimulator simulator, int count) =>
        [.. Enumerable.Range(0, count).Select(i => simulator.Tenant.AddUser(RunningSimulator.User($"user{i}")))];

    private static Task<IReadOnlyList<UserFacts>> ReadFactsAsync(RunningSimulator simulator, IReadOnlyList<SimulatedUser> users) =>
        GraphReader.AskAsync(
            simulator,
            (reader, tenant) => reader.ReadUserFactsAsync(
                tenant,
                [.. users.Select(u => new CloudUser { Id = u.Id, UserPrincipalName = u.UserPrincipalName, OnPremises = new() })],
                World.Cancellation));
}
