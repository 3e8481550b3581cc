using Reanchor.GraphSimulator;
using Reanchor.Scanning;
using Reanchor.UnitTests.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.Graph;

/// <summary>What the Graph adapter makes of a directory, over HTTP.</summary>
public sealed class TenantFactsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ReadTenantFactsAsync_RoleAssignableGroups_GivesMembersOwnersAndWhoMayBecomeOne()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var people = Enumerable.Range(0, 4).Select(_ => Guid.NewGuid()).ToList();
        simulator.Tenant.AddGroup(new() { DisplayName = "Admins", IsAssignableToRole = true, Members = [people[0]], Owners = [people[1]], EligibleMembers = [people[2]], EligibleOwners = [people[3]] });
        simulator.Tenant.AddGroup(new() { DisplayName = "Everybody", Members = [Guid.NewGuid()] });

        var facts = await ReadAsync(simulator);

        Assert.Equal([people[0], people[1]], facts.RoleAssignableGroupPrincipals.Value);
        Assert.Equal([people[2], people[3]], facts.EligibleGroupPrincipals.Value);
    }

    /// <summary>A thousand members are more than a page, sixty lists are more than a batch.</summary>
    [Fact]
    public async Task ReadTenantFactsAsync_ManyLargeGroups_ReadsEveryPageInFewRequests()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var members = Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, 1000).Select(_ => Guid.NewGuid()).ToList()).ToList();

        foreach (var some in members)
        {
            simulator.Tenant.AddGroup(new() { DisplayName = "Admins", IsAssignableToRole = true, Members = some });
        }

        using var meter = RequestMeter.Start();
        var facts = await ReadAsync(simulator);

        Assert.Equal(members.SelectMany(m => m).ToHashSet(), facts.RoleAssignableGroupPrincipals.Value);

        // Ten single reads, two batches of members and owners, one of second pages, one of eligibility.
        Assert.Equal(14, meter.Count);
    }

    [Fact]
    public async Task ReadTenantFactsAsync_NoLicenceForEligibility_GivesNobody()
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant => tenant.Settings = tenant.Settings with { HasPremiumP2 = false });
        simulator.Tenant.AddGroup(new() { DisplayName = "Admins", IsAssignableToRole = true });

        var facts = await ReadAsync(simulator);

        Assert.Empty(facts.EligibleRoles.Value);
        Assert.Empty(facts.EligibleGroupPrincipals.Value);
    }

    [Fact]
    public async Task ReadTenantFactsAsync_ProtectedGroups_GivesMembersAtAnyDepth()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = Guid.NewGuid();
        var inner = simulator.Tenant.AddGroup(new() { DisplayName = "Inner", Members = [user] });
        var outer = simulator.Tenant.AddGroup(new() { DisplayName = "Outer", Members = [inner.Id] });

        var facts = await ReadAsync(simulator, outer.Id);

        Assert.Contains(user, facts.ProtectedGroupMembers.Value);
    }

    [Fact]
    public async Task ReadTenantFactsAsync_NoProtectedGroups_AsksForNone()
    {
        await using var simulator = await RunningSimulator.StartAsync();

        var facts = await ReadAsync(simulator);

        Assert.Empty(facts.ProtectedGroupMembers.Value);
        Assert.DoesNotContain(simulator.Tenant.Requests, r => r.BatchStep is not null);
    }

    [Theory]
    [InlineData("Private", "There is no group")]
    [InlineData("HiddenMembership", "hides its members")]
    public async Task ReadTenantFactsAsync_ProtectedGroupGoneOrHidden_IsUnknown(string visibility, string because)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var group = simulator.Tenant.AddGroup(new() { DisplayName = "Board", Visibility = visibility });

        var facts = await ReadAsync(simulator, visibility == "Private" ? Guid.NewGuid() : group.Id);

        Assert.Contains(because, facts.ProtectedGroupMembers.UnknownBecause, StringComparison.Ordinal);
        Assert.Contains("protectedGroupIds", facts.ProtectedGroupMembers.UnknownBecause, StringComparison.Ordinal);
        Assert.True(facts.RoleAssignableGroupPrincipals.IsKnown);
    }

    /// <summary>Each of these is asked for one group at a time, and two or more groups together.</summary>
    [Theory]
    [InlineData(1, "owners")]
    [InlineData(2, "owners")]
    [InlineData(1, "eligibilityScheduleInstances")]
    [InlineData(1, "visibility")]
    [InlineData(1, "transitiveMembers")]
    public async Task ReadTenantFactsAsync_GroupsKeepFailing_AreUnknownsThatMayBeAskedAgain(int groups, string request)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var ids = Enumerable.Range(0, groups)
            .Select(i => simulator.Tenant.AddGroup(new() { DisplayName = $"Admins {i}", IsAssignableToRole = true }).Id).ToList();
        simulator.Cloud.Faults.Add(new() { Kind = FaultKind.BadGateway, Pattern = $"^/groups/.*{request}|/privilegedAccess/.*{request}" });

        var facts = await ReadAsync(simulator, ids);

        Assert.Single(
            new IReading[] { facts.RoleAssignableGroupPrincipals, facts.EligibleGroupPrincipals, facts.ProtectedGroupMembers }, r => r.HasFailed);
        Assert.Throws<DirectoryUnavailableException>(facts.ThrowIfFailed);
    }

    [Fact]
    public async Task ReadTenantFactsAsync_AuthorityGivenBack_GivesRecentSuccessesUnderEitherName()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var (today, olderName) = (Guid.NewGuid(), Guid.NewGuid());
        Log(today, DirectoryAudit.AuthorityGivenBack);
        Log(olderName, "Undo changes to Source of Authority from AD to cloud");
        Log(Guid.NewGuid(), DirectoryAudit.AuthorityGivenBack, result: "failure");
        Log(Guid.NewGuid(), DirectoryAudit.AuthorityGivenBack, daysAgo: 31);
        Log(Guid.NewGuid(), "Change Source of Authority from AD DS to cloud");

        var facts = await ReadAsync(simulator);

        Assert.Equal([today, olderName], facts.GivenBackToAd.Value);

        void Log(Guid target, string activity, string result = "success", int daysAgo = 0) => simulator.Tenant.AddDirectoryAudit(new()
        {
            ActivityDateTime = simulator.Clock.GetUtcNow().AddDays(-daysAgo),
            ActivityDisplayName = activity,
            Result = result,
            TargetId = target,
        });
    }

    private static Task<TenantFacts> ReadAsync(RunningSimulator simulator, params IReadOnlyList<Guid> protectedGroups) => GraphReader.AskAsync(
        simulator,
        (reader, tenant) => reader.ReadTenantFactsAsync(tenant, Cancellation),
        new() { ProtectedGroupIds = protectedGroups });
}
