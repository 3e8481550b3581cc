using System.Text.Json;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.UnitTests.GraphSimulator;

public sealed class ControlRouteTests
{
    private const string Seed = """
        {
          "tenantId": "5b2f8a34-91c7-4a0d-b6e2-7d8c9f0a1b2c",
          "displayName": "Tailspin", "initialDomain": "tailspin.onmicrosoft.com",
          "domains": [{ "id": "tailspin.example" }],
          "users": [{ "id": "0e6a6f0c-95f5-4a1c-9f0e-3f1f4b8f5a01", "userPrincipalName": "ada@tailspin.example", "onPremisesImmutableId": "b2xkIGFuY2hvciB2YWx1ZQ==" }],
          "forests": [{ "name": "tailspin.example", "accounts": [{ "objectGuid": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "userPrincipalName": "ada@tailspin.example" }] }],
          "bulk": { "plainUsers": 10, "leftovers": 2 }
        }
        """;

    private const string Tenant = "/simulator/tenants/5b2f8a34-91c7-4a0d-b6e2-7d8c9f0a1b2c";

    [Fact]
    public async Task Post_Tenant_SeedsEverythingNamed()
    {
        await using var simulator = await RunningSimulator.StartAsync();

        var created = await simulator.SendAsync(HttpMethod.Post, "/simulator/tenants", Seed);
        var again = await simulator.SendAsync(HttpMethod.Post, "/simulator/tenants", Seed);
        var list = await simulator.GetAsync("/simulator/tenants");

        Assert.Equal((201, 400), (created.Status, again.Status));
        Assert.Equal(13, created.Json.GetProperty("users").GetInt32());
        Assert.Equal(2, list.Json.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}")]
    [InlineData("""{"tenantId":"x","displayName":"a","initialDomain":"b"}""")]
    [InlineData("""{"tenantId":"5b2f8a34-91c7-4a0d-b6e2-7d8c9f0a1b2c","displayName":"a","initialDomain":"b","userz":[]}""")]
    public async Task Post_BadTenant_IsRefusedAndLeavesNothing(string body)
    {
        await using var simulator = await RunningSimulator.StartAsync();

        var answer = await simulator.SendAsync(HttpMethod.Post, "/simulator/tenants", body);

        Assert.Equal(400, answer.Status);
        Assert.Single(simulator.Cloud.Tenants);
    }

    [Fact]
    public async Task Post_Sync_ReportsEachAccount()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        await simulator.SendAsync(HttpMethod.Post, "/simulator/tenants", Seed);

        var blocked = await simulator.SendAsync(HttpMethod.Post, $"{Tenant}/sync");
        await simulator.SendAsync(HttpMethod.Post, $"{Tenant}/users", """{"userPrincipalName":"ada@tailspin.example","onPremisesImmutableId":null}""");
        var matched = await simulator.SendAsync(HttpMethod.Post, $"{Tenant}/sync");
        await simulator.SendAsync(HttpMethod.Post, $"{Tenant}/settings", """{"syncServerRunning":false}""");
        var stopped = await simulator.SendAsync(HttpMethod.Post, $"{Tenant}/sync");

        var error = blocked.Json.GetProperty("results")[0].GetProperty("error");
        Assert.Equal("InvalidSoftMatch", error.GetProperty("name").GetString());
        Assert.Equal(1, matched.Json.GetProperty("counts").GetProperty("softMatched").GetInt32());
        Assert.Equal((200, 200, 409), (blocked.Status, matched.Status, stopped.Status));
    }

    [Fact]
    public async Task Post_User_AddsThenChangesOnlyWhatIsNamed()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var path = $"/simulator/tenants/{simulator.Tenant.Id}/users";

        var added = await simulator.SendAsync(HttpMethod.Post, path, """{"userPrincipalName":"new@contoso.example","displayName":"New","isCloudManaged":true}""");
        var changed = await simulator.SendAsync(HttpMethod.Post, path, """{"userPrincipalName":"new@contoso.example","onPremisesImmutableId":"abc"}""");
        var misspelt = await simulator.SendAsync(HttpMethod.Post, path, """{"userPrincipalName":"new@contoso.example","immutableId":"abc"}""");

        var user = simulator.Tenant.FindUser("new@contoso.example")!;
        Assert.Equal((201, 200, 400), (added.Status, changed.Status, misspelt.Status));
        Assert.Equal(("New", true, "abc"), (user.DisplayName, user.IsCloudManaged, user.OnPremisesImmutableId));
    }

    [Fact]
    public async Task Get_Inventory_IsHeaderAccountsAndEndLine()
    {
        await using var simulator = await RunningSimulator.StartAsync(tenant => tenant.AddForest("corp.contoso.example").AddAccount(new()
        {
            UserPrincipalName = "ada@contoso.example",
            ProxyAddresses = ["SMTP:ada@contoso.example"],
        }));

        var answer = await simulator.GetAsync($"/simulator/tenants/{simulator.Tenant.Id}/forests/corp.contoso.example/inventory");

        var lines = answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(3, lines.Count);
        Assert.Equal(
            """{"kind":"inventory","version":1,"forest":"corp.contoso.example","takenAt":"2026-11-22T08:00:00Z","anchorAttribute":"ms-DS-ConsistencyGuid"}""",
            lines[0].GetRawText());
        string[] expected =
        [
            "objectGuid", "consistencyGuid", "customAnchor", "sid", "userPrincipalName", "mail", "proxyAddresses", "samAccountName",
            "enabled", "deleted", "mailboxGuid", "distinguishedName",
        ];
        Assert.Equal(expected, lines[1].EnumerateObject().Select(property => property.Name));
        Assert.Equal("""{"kind":"end","count":1,"deletedRead":true}""", lines[2].GetRawText());
    }

    [Fact]
    public async Task Post_Account_AddsChangesAndDeletes()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var path = $"/simulator/tenants/{simulator.Tenant.Id}/forests/corp.contoso.example/accounts";

        var added = await simulator.SendAsync(HttpMethod.Post, path, """{"userPrincipalName":"ada@contoso.example"}""");
        await simulator.SendAsync(HttpMethod.Post, path, """{"userPrincipalName":"ada@contoso.example","enabled":false}""");
        var deleted = await simulator.SendAsync(HttpMethod.Delete, $"{path}/{added.Json.GetProperty("objectGuid").GetGuid()}");

        var account = Assert.Single(simulator.Tenant.Forests[0].Accounts);
        Assert.Equal((201, 204), (added.Status, deleted.Status));
        Assert.Equal((false, true), (account.Enabled, account.Deleted));
    }

    [Fact]
    public async Task Get_Requests_FiltersByMethodAndKeepsOrder()
    {
        await using var simulator = await RunningSimulator.StartAsync();
        var user = simulator.Tenant.AddUser(RunningSimulator.User("elena"));
        await simulator.GetAsync("/users");
        await simulator.PatchUserAsync(user, """{ "onPremisesImmutableId" : null }""");
        await simulator.PatchUserAsync(user, """{"onPremisesImmutableId":null}""", "beta");

        var answer = await simulator.GetAsync($"/simulator/tenants/{simulator.Tenant.Id}/requests?method=PATCH");

        var items = answer.Json.GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["""{ "onPremisesImmutableId" : null }""", """{"onPremisesImmutableId":null}"""], items.Select(item => item.GetProperty("body").GetString()));
        Assert.StartsWith("/beta/users/", items[1].GetProperty("target").GetString());
    }

    [Fact]
    public async Task Post_Fault_StrikesUntilRemoved()
    {
        await using var simulator = await RunningSimulator.StartAsync();

        var added = await simulator.SendAsync(HttpMethod.Post, "/simulator/faults", """{"kind":"serviceUnavailable","pathPrefix":"/users","retryAfter":3}""");
        var struck = await simulator.GetAsync("/users");
        var removed = await simulator.SendAsync(HttpMethod.Delete, $"/simulator/faults/{added.Json.GetProperty("id").GetInt32()}");
        var passed = await simulator.GetAsync("/users");
        var unknown = await simulator.SendAsync(HttpMethod.Delete, "/simulator/faults/99");
        var bad = await simulator.SendAsync(HttpMethod.Post, "/simulator/faults", """{"kind":"serviceUnavailable","pattern":"("}""");

        Assert.Equal((201, 503, 204, 200, 404, 400), (added.Status, struck.Status, removed.Status, passed.Status, unknown.Status, bad.Status));
    }

    [Fact]
    public async Task Post_Organization_ChangesTheSyncState()
    {
        await using var simulator = await RunningSimulator.StartAsync();

        await simulator.SendAsync(HttpMethod.Post, $"/simulator/tenants/{simulator.Tenant.Id}/organization", """{"onPremisesSyncEnabled":null}""");

        Assert.Null(simulator.Tenant.OnPremisesSyncEnabled);
    }

    [Fact]
    public async Task Get_UnknownControlRoute_IsNotTakenForGraph()
    {
        await using var simulator = await RunningSimulator.StartAsync();

        var answer = await simulator.GetAsync("/simulator/tenantz");

        Assert.Equal(404, answer.Status);
        Assert.Contains("/simulator/tenantz", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_UnknownTenantOrForest_IsNotFound()
    {
        await using var simulator = await RunningSimulator.StartAsync();

        var tenant = await simulator.GetAsync($"/simulator/tenants/{Guid.NewGuid()}/requests");
        var forest = await simulator.GetAsync($"/simulator/tenants/{simulator.Tenant.Id}/forests/nowhere.example/inventory");

        Assert.Equal((404, 404), (tenant.Status, forest.Status));
    }
}
