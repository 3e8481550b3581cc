using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

public sealed class DirectoryRouteTests
{
    [Theory]
    [InlineData("v1.0")]
    [InlineData("beta")]
    public async Task Get_OrganizationAndDomains_ShowSyncStateAndFederation(string version)
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant => tenant.AddDomain("sso.contoso.example", federated: true));

        var organization = await simulator.GetAsync($"/{version}/organization?$select=id,displayName,onPremisesSyncEnabled,onPremisesLastSyncDateTime,verifiedDomains");
        var domains = await simulator.GetAsync($"/{version}/domains?$select=id,authenticationType,isDefault,isInitial,isVerified");

        var item = Assert.Single(organization.Items);
        Assert.Equal((simulator.Tenant.Id, true), (item.GetProperty("id").GetGuid(), item.GetProperty("onPremisesSyncEnabled").GetBoolean()));
        Assert.Equal(3, item.GetProperty("verifiedDomains").GetArrayLength());
        Assert.Equal("Federated", domains.Items.Single(domain => domain.GetProperty("id").GetString() == "sso.contoso.example").GetProperty("authenticationType").GetString());
    }

    [Fact]
    public async Task Get_Synchronization_ShowsTheFeatures()
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant => tenant.Features = new() { BlockSoftMatchEnabled = true });

        var answer = await simulator.GetAsync("/directory/onPremisesSynchronization");

        var features = Assert.Single(answer.Items).GetProperty("features");
        Assert.True(features.GetProperty("blockSoftMatchEnabled").GetBoolean());
        Assert.False(features.GetProperty("blockCloudObjectTakeoverThroughHardMatchEnabled").GetBoolean());
    }

    [Theory]
    [InlineData("groups")]
    [InlineData("contacts")]
    public async Task Get_OwnerOfAnAddress_IsFoundByMailOrAnyProxyAddress(string path)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        simulator.Tenant.AddGroup(new() { Id = first, DisplayName = "Tax", Mail = "tax@contoso.example" });
        simulator.Tenant.AddGroup(new() { Id = second, DisplayName = "Law", ProxyAddresses = ["SMTP:law@contoso.example"] });
        simulator.Tenant.AddContact(new() { Id = first, DisplayName = "Tax", Mail = "tax@contoso.example" });
        simulator.Tenant.AddContact(new() { Id = second, DisplayName = "Law", ProxyAddresses = ["SMTP:law@contoso.example"] });

        var byMail = await simulator.GetAsync($"/{path}?$filter={Holds("tax@contoso.example")}&$select=id,displayName");
        var byProxy = await simulator.GetAsync($"/{path}?$filter={Holds("law@contoso.example")}&$select=id,displayName");
        var nobody = await simulator.GetAsync($"/{path}?$filter={Holds("none@contoso.example")}&$select=id,displayName");

        Assert.Equal(first, Assert.Single(byMail.Items).GetProperty("id").GetGuid());
        Assert.Equal(second, Assert.Single(byProxy.Items).GetProperty("id").GetGuid());
        Assert.Empty(nobody.Items);

        static string Holds(string address) => $"mail eq '{address}' or proxyAddresses/any(a:a eq 'smtp:{address}')";
    }

    [Fact]
    public async Task Get_Roles_FilterAndPage()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var admin = Guid.NewGuid();
        simulator.Tenant.AssignRole(admin, BuiltInRole.UserAdministrator);
        simulator.Tenant.AssignRole(Guid.NewGuid(), BuiltInRole.UserAdministrator);
        simulator.Tenant.MakeEligible(admin, BuiltInRole.GlobalAdministrator);

        var filtered = await simulator.GetAsync($"/roleManagement/directory/roleAssignments?$filter=principalId eq '{admin}'&$select=principalId,roleDefinitionId");
        var first = await simulator.GetAsync("/roleManagement/directory/roleAssignments?$top=1");
        var second = await simulator.GetAsync(first.NextLink!);
        var eligible = await simulator.GetAsync("/roleManagement/directory/roleEligibilityScheduleInstances?$select=principalId");

        Assert.Equal(admin, Assert.Single(filtered.Items).GetProperty("principalId").GetGuid());
        Assert.NotEqual(first.Items[0].GetProperty("id").GetString(), Assert.Single(second.Items).GetProperty("id").GetString());
        Assert.Null(second.NextLink);
        Assert.Equal(admin, Assert.Single(eligible.Items).GetProperty("principalId").GetGuid());
    }

    [Fact]
    public async Task Get_EligibilityWithoutP2_NamesTheLicence()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        simulator.Tenant.Settings = simulator.Tenant.Settings with { HasPremiumP2 = false };

        var answer = await simulator.GetAsync("/roleManagement/directory/roleEligibilityScheduleInstances");

        Assert.Equal((400, "AadPremiumLicenseRequired"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Get_RoleAssignableGroups_ListMembersAndOwners()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var members = Enumerable.Range(0, 3).Select(i => simulator.Tenant.AddUser(RunningSimulator.User($"m{i}")).Id).ToList();
        var group = simulator.Tenant.AddGroup(new() { DisplayName = "Admins", IsAssignableToRole = true, Members = members, Owners = [members[0]] });
        simulator.Tenant.AddGroup(new() { DisplayName = "Everybody" });

        var groups = await simulator.GetAsync("/groups?$filter=isAssignableToRole eq true&$select=id,displayName");
        var page = await simulator.GetAsync($"/groups/{group.Id}/members?$select=id&$top=2");
        var rest = await simulator.GetAsync(page.NextLink!);
        var owners = await simulator.GetAsync($"/groups/{group.Id}/owners?$select=id");
        var unknown = await simulator.GetAsync($"/groups/{Guid.NewGuid()}/members?$select=id");

        Assert.Equal(group.Id, Assert.Single(groups.Items).GetProperty("id").GetGuid());
        Assert.Equal(members, page.Items.Concat(rest.Items).Select(item => item.GetProperty("id").GetGuid()));
        Assert.Equal("#microsoft.graph.user", page.Items[0].GetProperty("@odata.type").GetString());
        Assert.Single(owners.Items);
        Assert.Equal(404, unknown.Status);
    }

    [Fact]
    public async Task Get_NestedGroups_ListMembersAtAnyDepthOnce()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var member = simulator.Tenant.AddUser(RunningSimulator.User("m")).Id;
        var (top, inner) = (Guid.NewGuid(), Guid.NewGuid());
        simulator.Tenant.AddGroup(new() { Id = inner, DisplayName = "Inner", Members = [member, top] });
        simulator.Tenant.AddGroup(new() { Id = top, DisplayName = "Top", Members = [inner], Visibility = "HiddenMembership" });

        var all = await simulator.GetAsync($"/groups/{top}/transitiveMembers?$select=id");
        var shown = await simulator.GetAsync($"/groups/{top}?$select=id,visibility");
        var bare = await simulator.GetAsync($"/groups/{top}");

        Assert.Equal([inner, member, top], all.Items.Select(item => item.GetProperty("id").GetGuid()));
        Assert.Equal("HiddenMembership", shown.Json.GetProperty("visibility").GetString());
        Assert.Equal(501, bare.Status);
    }

    [Fact]
    public async Task Get_GroupEligibilities_ListMembersAndOwnersOfTheGroupNamed()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var (member, owner) = (Guid.NewGuid(), Guid.NewGuid());
        var group = simulator.Tenant.AddGroup(new() { DisplayName = "Admins", IsAssignableToRole = true, EligibleMembers = [member], EligibleOwners = [owner] });
        simulator.Tenant.AddGroup(new() { DisplayName = "Others", EligibleMembers = [Guid.NewGuid()] });
        const string Path = "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances";

        var eligible = await simulator.GetAsync($"{Path}?$filter=groupId eq '{group.Id}'");
        var unfiltered = await simulator.GetAsync(Path);
        simulator.Tenant.Settings = simulator.Tenant.Settings with { HasPremiumP2 = false };
        var unlicensed = await simulator.GetAsync($"{Path}?$filter=groupId eq '{group.Id}'");

        Assert.Equal(
            [(member, "member"), (owner, "owner")],
            eligible.Items.Select(item => (item.GetProperty("principalId").GetGuid(), item.GetProperty("accessId").GetString()!)));
        Assert.Equal(501, unfiltered.Status);
        Assert.Equal((400, "AadPremiumLicenseRequired"), (unlicensed.Status, unlicensed.ErrorCode));
    }

    [Fact]
    public async Task Get_DirectoryAudits_FilterByTimeAndActivity()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("ingrid") with { IsCloudManaged = true });
        simulator.Tenant.GiveBackToAd(user.Id);
        simulator.Tenant.AddDirectoryAudit(new() { ActivityDateTime = simulator.Clock.GetUtcNow(), ActivityDisplayName = "Update user", TargetId = user.Id });

        var recent = await simulator.GetAsync("/auditLogs/directoryAudits?$filter=activityDateTime ge 2026-11-22T08:00:00Z and startswith(activityDisplayName,'Undo changes to')");
        var later = await simulator.GetAsync("/auditLogs/directoryAudits?$filter=activityDateTime ge 2026-11-22T08:00:01Z");
        var ordered = await simulator.GetAsync("/auditLogs/directoryAudits?$orderby=activityDateTime");

        var entry = Assert.Single(recent.Items);
        Assert.Equal("Undo changes to Source of Authority from AD DS to cloud", entry.GetProperty("activityDisplayName").GetString());
        Assert.Equal(user.Id, entry.GetProperty("targetResources")[0].GetProperty("id").GetGuid());
        Assert.False(simulator.Tenant.FindUser(user.Id)!.IsCloudManaged);
        Assert.Empty(later.Items);
        Assert.Equal(501, ordered.Status);
    }

    [Fact]
    public async Task Get_SyncBehavior_TellsCloudManagedUsersApart()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("ingrid") with { IsCloudManaged = true });

        var answer = await simulator.GetAsync($"/users/{user.Id}/onPremisesSyncBehavior?$select=isCloudManaged");
        var expanded = await simulator.GetAsync($"/users/{user.Id}?$expand=onPremisesSyncBehavior");

        Assert.True(answer.Json.GetProperty("isCloudManaged").GetBoolean());
        Assert.Equal(501, expanded.Status);
    }

    [Fact]
    public async Task Get_MailboxSettings_ShowsThePurposeOrNoMailbox()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        simulator.Tenant.AddUser(RunningSimulator.User("reception") with { UserPurpose = "shared" });
        simulator.Tenant.AddUser(RunningSimulator.User("nobox") with { UserPurpose = null });

        var shared = await simulator.GetAsync("/users/reception@contoso.example/mailboxSettings?$select=userPurpose");
        var none = await simulator.GetAsync("/users/nobox@contoso.example/mailboxSettings?$select=userPurpose");

        Assert.Equal("shared", shared.Json.GetProperty("userPurpose").GetString());
        Assert.Equal((404, "MailboxNotEnabledForRESTAPI"), (none.Status, none.ErrorCode));
    }
}
