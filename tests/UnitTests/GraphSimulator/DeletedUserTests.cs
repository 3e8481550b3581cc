using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

public sealed class DeletedUserTests
{
    private const string Bin = "/directory/deletedItems/microsoft.graph.user";

    [Fact]
    public async Task Delete_User_MovesItToTheBinWithItsAnchor()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("peter", "aG9sZGVyIGluIHRoZSBiaW4="));

        var deleted = await simulator.SendAsync(HttpMethod.Delete, $"/users/{user.Id}");
        var gone = await simulator.GetAsync($"/users/{user.Id}");
        var listed = await simulator.GetAsync($"{Bin}?$filter=onPremisesImmutableId eq 'aG9sZGVyIGluIHRoZSBiaW4='&$count=true&$select=id,onPremisesImmutableId,deletedDateTime", eventual: true);
        var single = await simulator.GetAsync($"/directory/deletedItems/{user.Id}");

        Assert.Equal((204, 404, 200), (deleted.Status, gone.Status, single.Status));
        Assert.Equal(1, listed.Json.GetProperty("@odata.count").GetInt32());
        Assert.Equal(user.Id, Assert.Single(listed.Items).GetProperty("id").GetGuid());
        Assert.Equal($"{user.Id:N}peter@contoso.example", single.Json.GetProperty("userPrincipalName").GetString());
    }

    [Fact]
    public async Task List_PlainFilter_IsNotSimulated()
    {
        await using var simulator = await RunningSimulator.StartAsync();

        var answer = await simulator.GetAsync($"{Bin}?$filter=onPremisesImmutableId eq 'x'");

        Assert.Equal(501, answer.Status);
    }

    [Fact]
    public async Task List_ManyDeleted_Pages()
    {
        await using var simulator = await RunningSimulator.StartAsync();

        for (var i = 0; i < 3; i++)
        {
            simulator.Tenant.AddDeletedUser(RunningSimulator.User($"gone{i}"));
        }

        var first = await simulator.GetAsync($"{Bin}?$top=2&$select=id");
        var second = await simulator.GetAsync(first.NextLink!);

        Assert.Equal((2, 1), (first.Items.Count, second.Items.Count));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(null, null)]
    public async Task Restore_User_ComesBackUnsynced(bool? synced, bool? expected)
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("peter", RunningSimulator.NewAnchor()) with { OnPremisesSyncEnabled = synced });
        simulator.Tenant.SoftDeleteUser(user.Id);

        var answer = await simulator.SendAsync(HttpMethod.Post, $"/directory/deletedItems/{user.Id}/restore");

        var restored = simulator.Tenant.FindUser("peter@contoso.example")!;
        Assert.Equal(200, answer.Status);
        Assert.Equal((expected, user.OnPremisesImmutableId), (restored.OnPremisesSyncEnabled, restored.OnPremisesImmutableId));
        Assert.Empty(simulator.Tenant.DeletedUsers);
    }

    [Fact]
    public async Task Restore_NameTakenMeanwhile_Conflicts()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("peter"));
        simulator.Tenant.SoftDeleteUser(user.Id);
        simulator.Tenant.AddUser(RunningSimulator.User("peter"));

        var answer = await simulator.SendAsync(HttpMethod.Post, $"/directory/deletedItems/{user.Id}/restore");

        Assert.Equal((400, "Request_BadRequest"), (answer.Status, answer.ErrorCode));
        Assert.Single(simulator.Tenant.DeletedUsers);
    }

    [Fact]
    public async Task Delete_DeletedItem_RemovesItForGood()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddDeletedUser(RunningSimulator.User("peter"));

        var first = await simulator.SendAsync(HttpMethod.Delete, $"/directory/deletedItems/{user.Id}");
        var second = await simulator.SendAsync(HttpMethod.Delete, $"/directory/deletedItems/{user.Id}");

        Assert.Equal((204, 404), (first.Status, second.Status));
    }

    [Fact]
    public async Task Delete_PrivilegedUser_IsDenied()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("admin"));
        simulator.Tenant.AssignRole(user.Id, BuiltInRole.GlobalAdministrator);

        Assert.Equal(403, (await simulator.SendAsync(HttpMethod.Delete, $"/users/{user.Id}")).Status);
    }
}
