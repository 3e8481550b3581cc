using System.Net.Http.Headers;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

public sealed class AccessTests
{
    public static TheoryData<string, string> Routes => new()
    {
        { "/organization", "Organization.Read.All,Directory.Read.All" },
        { "/domains", "Domain.Read.All,Directory.Read.All" },
        { "/directory/onPremisesSynchronization", GraphPermissions.SynchronizationReadAll },
        { "/contacts?$select=id", $"{GraphPermissions.OrgContactReadAll},{GraphPermissions.DirectoryReadAll}" },
        { "/roleManagement/directory/roleAssignments", "RoleManagement.Read.Directory,Directory.Read.All" },
        { "/roleManagement/directory/roleEligibilityScheduleInstances", "RoleEligibilitySchedule.Read.Directory,RoleManagement.Read.Directory" },
        { "/groups?$select=id", "Group.Read.All,GroupMember.Read.All,Directory.Read.All" },
        { "/servicePrincipals?$select=id", "Application.Read.All,Directory.Read.All" },
        { "/auditLogs/directoryAudits", GraphPermissions.AuditLogReadAll },
        {
            "/identityGovernance/privilegedAccess/group/eligibilityScheduleInstances?$filter=groupId eq '62e90394-69f5-4237-9190-012177145e10'",
            GraphPermissions.GroupEligibilityRead
        },
        { "/users", "User.Read.All,User.ReadWrite.All,Directory.Read.All" },
        { "/users/plain@contoso.example/onPremisesSyncBehavior", GraphPermissions.SyncBehaviorReadWriteAll },
        { "/users/plain@contoso.example/mailboxSettings?$select=userPurpose", GraphPermissions.MailboxSettingsRead },
        { "/directory/deletedItems/microsoft.graph.user", "User.Read.All,User.ReadWrite.All,Directory.Read.All" },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Get_PermissionMissing_IsDenied(string path, string permissions)
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant => tenant.AddUser(RunningSimulator.User("plain")));

        var granted = await simulator.GetAsync(path);
        simulator.Tenant.Settings = simulator.Tenant.Settings with { Permissions = [.. GraphPermissions.All.Except(permissions.Split(','))] };
        var denied = await simulator.GetAsync(path);

        Assert.Equal(200, granted.Status);
        Assert.Equal((403, "Authorization_RequestDenied"), (denied.Status, denied.ErrorCode));
    }

    [Fact]
    public async Task Patch_ReadPermissionOnly_IsDenied()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("elena", RunningSimulator.NewAnchor()));
        simulator.Tenant.Settings = simulator.Tenant.Settings with { Permissions = [GraphPermissions.UserReadAll, GraphPermissions.DirectoryReadAll] };

        var answer = await simulator.PatchUserAsync(user, """{"onPremisesImmutableId":null}""");

        Assert.Equal((403, "Authorization_RequestDenied"), (answer.Status, answer.ErrorCode));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.")]
    [InlineData("e30.W10.")]
    public async Task Get_UnreadableToken_IsUnauthorized(string token)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        simulator.Http.DefaultRequestHeaders.Authorization = token.Length == 0 ? null : new AuthenticationHeaderValue("Bearer", token);

        var answer = await simulator.GetAsync("/users");

        Assert.Equal((401, "InvalidAuthenticationToken"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Get_UnknownTenant_IsUnauthorizedAndNamesIt()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var stranger = Guid.NewGuid();
        simulator.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", RunningSimulator.Token(stranger));

        var answer = await simulator.GetAsync("/users");

        Assert.Equal((401, "Authorization_IdentityNotFound"), (answer.Status, answer.ErrorCode));
        Assert.Contains(stranger.ToString(), answer.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_ClientRequestId_IsEchoedInHeadersAndErrors()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        simulator.Http.DefaultRequestHeaders.Add("client-request-id", "my-own-id");

        var answer = await simulator.GetAsync("/users/nobody@contoso.example");

        var inner = answer.Json.GetProperty("error").GetProperty("innerError");
        Assert.Equal("my-own-id", answer.Headers["client-request-id"]);
        Assert.Equal("my-own-id", inner.GetProperty("client-request-id").GetString());
        Assert.Equal(answer.Headers["request-id"], inner.GetProperty("request-id").GetString());
        Assert.Equal("2026-11-22T08:00:00", inner.GetProperty("date").GetString());
        Assert.Contains("Date", answer.Headers.Keys);
    }
}
