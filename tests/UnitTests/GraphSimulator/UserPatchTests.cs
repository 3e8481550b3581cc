using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

public sealed class UserPatchTests
{
    private const string Clear = """{"onPremisesImmutableId":null}""";

    [Fact]
    public async Task Patch_NullAnchor_ClearsItAndRecordsTheBody()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("elena", RunningSimulator.NewAnchor()));

        var answer = await simulator.PatchUserAsync(user, Clear);

        Assert.Equal((204, ""), (answer.Status, answer.Text));
        Assert.Null(simulator.Tenant.FindUser(user.Id)!.OnPremisesImmutableId);
        var recorded = Assert.Single(simulator.Tenant.Requests);
        Assert.Equal((Clear, 204), (recorded.Body, recorded.Status));
    }

    [Fact]
    public async Task Patch_OldAnchor_WritesItBack()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("elena"));

        var answer = await simulator.PatchUserAsync(user, """{"@odata.type":"#microsoft.graph.user","onPremisesImmutableId":"b2xkIGFuY2hvciB2YWx1ZQ=="}""");

        Assert.Equal(204, answer.Status);
        Assert.Equal("b2xkIGFuY2hvciB2YWx1ZQ==", simulator.Tenant.FindUser(user.Id)!.OnPremisesImmutableId);
    }

    [Fact]
    public async Task Patch_SyncedUser_RefusesWithTheDocumentedSentence()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("elena", RunningSimulator.NewAnchor()) with { OnPremisesSyncEnabled = true });

        var answer = await simulator.PatchUserAsync(user, Clear);

        Assert.Equal((400, "Request_BadRequest"), (answer.Status, answer.ErrorCode));
        Assert.Equal(
            "Unable to update the specified properties for on-premises mastered Directory Sync objects or objects currently undergoing migration.",
            answer.ErrorMessage);
        Assert.NotNull(simulator.Tenant.FindUser(user.Id)!.OnPremisesImmutableId);
    }

    [Theory]
    [InlineData("role")]
    [InlineData("role through a group")]
    [InlineData("member of a role-assignable group")]
    [InlineData("owner of a role-assignable group")]
    [InlineData("restricted unit")]
    public async Task Patch_PrivilegedUser_IsDeniedUnlessTheAppIsPrivilegedToo(string privilege)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var tenant = simulator.Tenant;
        var user = tenant.AddUser(RunningSimulator.User("admin", RunningSimulator.NewAnchor()) with { IsManagementRestricted = privilege == "restricted unit" });
        Grant(tenant, user.Id, privilege);

        var denied = await simulator.PatchUserAsync(user, Clear);
        tenant.Settings = tenant.Settings with { AppHoldsPrivilegedRole = true };
        var allowed = await simulator.PatchUserAsync(user, Clear);

        Assert.Equal((403, "Authorization_RequestDenied"), (denied.Status, denied.ErrorCode));
        Assert.Equal("Insufficient privileges to complete the operation.", denied.ErrorMessage);
        Assert.Equal(204, allowed.Status);
    }

    [Fact]
    public async Task Patch_EligibleRoleHolder_IsAccepted()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("amelia", RunningSimulator.NewAnchor()));
        simulator.Tenant.MakeEligible(user.Id, BuiltInRole.GlobalAdministrator);

        Assert.Equal(204, (await simulator.PatchUserAsync(user, Clear)).Status);
    }

    [Fact]
    public async Task Patch_FederatedDomain_Refuses()
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant => tenant.AddDomain("sso.contoso.example", federated: true));
        var user = simulator.Tenant.AddUser(RunningSimulator.User("daniel", RunningSimulator.NewAnchor()) with { UserPrincipalName = "daniel@sso.contoso.example" });

        var answer = await simulator.PatchUserAsync(user, Clear);

        Assert.Equal((400, "Request_BadRequest"), (answer.Status, answer.ErrorCode));
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"a$b\"")]
    [InlineData("\"a_b\"")]
    [InlineData("5")]
    public async Task Patch_IllegalAnchor_Refuses(string value)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("elena", RunningSimulator.NewAnchor()));

        var answer = await simulator.PatchUserAsync(user, $$"""{"onPremisesImmutableId":{{value}}}""");

        Assert.Equal((400, "Request_BadRequest"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Patch_AnchorOfAnotherUser_NamesTheHolder()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var holder = simulator.Tenant.AddUser(RunningSimulator.User("holder", "aGVsZCBieSBhbm90aGVyIQ=="));
        var user = simulator.Tenant.AddUser(RunningSimulator.User("elena"));

        var answer = await simulator.PatchUserAsync(user, """{"onPremisesImmutableId":"aGVsZCBieSBhbm90aGVyIQ=="}""");

        var details = answer.Json.GetProperty("error").GetProperty("details");
        Assert.Equal((400, "Request_BadRequest"), (answer.Status, answer.ErrorCode));
        Assert.Equal(["ObjectConflict", "ConflictingObjects"], details.EnumerateArray().Select(detail => detail.GetProperty("code").GetString()));
        Assert.Equal($"User_{holder.Id}", details[1].GetProperty("target").GetString());
    }

    [Theory]
    [InlineData(true, 400)]
    [InlineData(false, 204)]
    public async Task Patch_AnchorOfASoftDeletedUser_FollowsTheSetting(bool blocks, int expected)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        simulator.Tenant.Settings = simulator.Tenant.Settings with { SoftDeletedAnchorBlocks = blocks };
        simulator.Tenant.AddDeletedUser(RunningSimulator.User("gone", "aGVsZCBieSBhbm90aGVyIQ=="));
        var user = simulator.Tenant.AddUser(RunningSimulator.User("elena"));

        var answer = await simulator.PatchUserAsync(user, """{"onPremisesImmutableId":"aGVsZCBieSBhbm90aGVyIQ=="}""");

        Assert.Equal(expected, answer.Status);
    }

    [Fact]
    public async Task Patch_ObjectIdentifier_TakesNullInBetaOnly()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("elena") with { OnPremisesObjectIdentifier = Guid.NewGuid().ToString() });

        var released = await simulator.PatchUserAsync(user, """{"onPremisesObjectIdentifier":null}""");
        var value = await simulator.PatchUserAsync(user, """{"onPremisesObjectIdentifier":"x"}""", "beta");
        var cleared = await simulator.PatchUserAsync(user, """{"onPremisesObjectIdentifier":null}""", "beta");

        Assert.Equal((501, 400, 204), (released.Status, value.Status, cleared.Status));
        Assert.Null(simulator.Tenant.FindUser(user.Id)!.OnPremisesObjectIdentifier);
    }

    [Theory]
    [InlineData("""{"displayName":"x"}""", 501)]
    [InlineData("{}", 501)]
    [InlineData("[]", 400)]
    [InlineData("{", 400)]
    [InlineData("", 400)]
    public async Task Patch_OtherBodies_AreRefused(string body, int expected)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("elena"));

        Assert.Equal(expected, (await simulator.PatchUserAsync(user, body)).Status);
    }

    private static void Grant(SimulatedTenant tenant, Guid userId, string privilege)
    {
        switch (privilege)
        {
            case "role":
                tenant.AssignRole(userId, BuiltInRole.UserAdministrator);
                break;
            case "role through a group":
                var group = tenant.AddGroup(new() { DisplayName = "Helpdesk", Members = [userId] });
                tenant.AssignRole(group.Id, BuiltInRole.UserAdministrator);
                break;
            case "member of a role-assignable group":
                tenant.AddGroup(new() { DisplayName = "Admins", IsAssignableToRole = true, Members = [userId] });
                break;
            case "owner of a role-assignable group":
                tenant.AddGroup(new() { DisplayName = "Admins", IsAssignableToRole = true, Owners = [userId] });
                break;
        }
    }
}
