using System.Net;
using System.Net.Http.Json;
using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.IntegrationTests.Access;

/// <summary>Who may touch which tenants, and collectors' keys, over HTTP.</summary>
public sealed class AccessTests(AttackedHost host) : IClassFixture<AttackedHost>
{
    [Fact]
    public async Task Access_GivenToOneTenant_ShowsThatOneAlone()
    {
        using var bob = host.SignIn(host.Bob, "Read");

        Assert.Equal([$"{host.Tenant.Id}"], (await bob.ListAsync("tenants")).Select(t => t.GetProperty("tenantId").GetString()));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(bob, "GET", "poison"));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(bob, "GET", "audit"));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(bob, "GET", $"tenants/{host.OtherTenant.Id}/audit"));
    }

    [Fact]
    public async Task Access_GivenToAGroup_HoldsWhileTheTokenNamesItAndUntilItIsTakenBack()
    {
        using var ada = host.SignIn(host.Ada, "Administer");
        var group = Guid.NewGuid();
        string[] groups = [$"{Guid.NewGuid()}", $"{group}"];
        using var member = host.With(host.Issuer.Token(Guid.NewGuid(), ["Read"], change: c => c["groups"] = groups));
        using var other = host.With(host.Issuer.Token(Guid.NewGuid(), ["Read"]));
        var tenant = $"tenants/{host.OtherTenant.Id}";

        await host.GrantAsync(ada, group, "group", $"{host.OtherTenant.Id}");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(member, "GET", tenant));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(other, "GET", tenant));

        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(ada, "DELETE", $"access/{group}", new { reason = "dissolved" }));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(member, "GET", tenant));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(ada, "DELETE", $"access/{group}", new { reason = "dissolved" }));

        var told = (await ada.ListAsync("audit")).Where(e => e.GetProperty("details").GetProperty("principalId").GetGuid() == group);
        Assert.Equal(["AccessRemoved", "AccessGranted"], told.Select(e => e.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Access_TokenThatLeavesGroupsOut_CountsNoneAndIsLogged()
    {
        using var many = host.With(host.Issuer.Token(
            Guid.NewGuid(), ["Read"], change: c => c["_claim_names"] = new Dictionary<string, string> { ["groups"] = "src1" }));
        var before = host.Lines().Length;

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(many, "GET", $"tenants/{host.Tenant.Id}"));

        await host.HasLoggedAsync(before - 1, "[7004]");
    }

    [Fact]
    public async Task Access_Widening_TakesAnotherAdministratorWithAccessToAll()
    {
        using var ada = host.SignIn(host.Ada, "Administer");
        using var bob = host.SignIn(host.Bob, "Administer");
        using var reader = host.SignIn(host.Ada, "Read");
        var all = new { kind = "person", tenants = new[] { "*" }, reason = "mine" };

        await AssertDeniedAsync(bob, "PUT", $"access/{host.Bob}", all, "OutOfScope");
        await AssertDeniedAsync(bob, "PUT", $"access/{Guid.NewGuid()}", all, "OutOfScope");
        await AssertDeniedAsync(bob, "GET", "access", null, "OutOfScope");
        await AssertDeniedAsync(ada, "PUT", $"access/{host.Ada}", all, "OwnAccess");
        await AssertDeniedAsync(ada, "DELETE", $"access/{host.Ada}", new { reason = "mine" }, "OwnAccess");
        await AssertDeniedAsync(reader, "GET", "access", null, "RoleMissing");
    }

    private async Task AssertDeniedAsync(Api caller, string method, string path, object? body, string decision)
    {
        var before = host.Lines().Length;
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(caller, method, path, body));
        await host.HasLoggedAsync(before - 1, $"[7001]|{decision}");
    }

    [Fact]
    public async Task Access_Listed_NamesFirstAdministratorsToo()
    {
        using var ada = host.SignIn(host.Ada, "Administer");

        var access = (await ada.ListAsync("access")).ToDictionary(a => a.GetProperty("principalId").GetGuid());

        Assert.Equal("*", access[host.Ada].GetProperty("tenants")[0].GetString());
        Assert.Contains("Access__FirstAdministrators", access[host.Ada].GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.Equal(("person", $"{host.Tenant.Id}"), (access[host.Bob].GetProperty("kind").GetString(), access[host.Bob].GetProperty("tenants")[0].GetString()));
        Assert.Equal($"{host.Ada}", access[host.Bob].GetProperty("grantedBy").GetProperty("id").GetString());
        Assert.Equal("application", (await ada.GetAsync($"access/{host.Robot}")).GetProperty("kind").GetString());
    }

    [Theory]
    [InlineData("""{"kind":"person","tenants":["*"]}""", "missing")]
    [InlineData("""{"kind":"robot","tenants":["*"],"reason":"r"}""", "kind")]
    [InlineData("""{"kind":"person","tenants":[],"reason":"r"}""", "tenants")]
    [InlineData("""{"kind":"person","tenants":null,"reason":"r"}""", "tenants")]
    [InlineData("""{"kind":"person","tenants":[null],"reason":"r"}""", "tenants[0]")]
    [InlineData("""{"kind":"person","tenants":["contoso"],"reason":"r"}""", "tenants[0]")]
    [InlineData("""{"kind":"person","tenants":["*","*"],"reason":"r"}""", "tenants[0]")]
    [InlineData("""{"kind":"person","tenants":["*"],"reason":" "}""", "reason")]
    [InlineData("""{"kind":"person","tenants":["*"],"reason":"r","directoryId":"77777777-7777-7777-7777-777777777777"}""", "Access__AllowedTenants")]
    [InlineData("""{"kind":"person","tenants":["*"],"reason":"r","role":"Administer"}""", "role")]
    public async Task Access_GivenWrongly_IsRefusedAndSaysWhat(string body, string says)
    {
        using var ada = host.SignIn(host.Ada, "Administer");

        var (status, problem, _) = await ada.SendAsync(HttpMethod.Put, $"access/{Guid.NewGuid()}", Api.Text(body));

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(says, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CollectorKey_IssuedUsedReplacedAndRevoked_IsTheCollectorsAlone()
    {
        using var ada = host.SignIn(host.Ada, "Administer");
        var tenant = host.OtherTenant;
        var key = $"tenants/{tenant.Id}/collectors/corp/key";

        var old = await IssueAsync();
        Assert.Equal(HttpStatusCode.Created, await UploadAsync(old));
        var fresh = await IssueAsync();
        Assert.Equal(HttpStatusCode.OK, await WorkAsync(old));
        Assert.Equal(HttpStatusCode.OK, await WorkAsync(fresh));
        Assert.Equal(HttpStatusCode.Unauthorized, await WorkAsync(old));

        var listed = Assert.Single(await ada.ListAsync($"tenants/{tenant.Id}/collectors"));
        Assert.Equal("corp", listed.GetProperty("collectorId").GetString());
        Assert.True(listed.GetProperty("lastUsedAt").TryGetDateTimeOffset(out _));
        Assert.DoesNotContain(fresh[^64..], listed.ToString(), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(ada, "DELETE", key, new { reason = "" }));
        Assert.Equal(HttpStatusCode.NoContent, await StatusAsync(ada, "DELETE", key, new { reason = "stolen" }));
        Assert.Equal(HttpStatusCode.Unauthorized, await WorkAsync(fresh));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(ada, "DELETE", key, new { reason = "stolen" }));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(ada, "POST", $"tenants/{tenant.Id}/collectors/emea/key"));

        var trail = await ada.ListAsync($"tenants/{tenant.Id}/audit");
        Assert.Equal(
            ["CollectorKeysRevoked", "CollectorKeyTakenUp", "CollectorKeyIssued", "CollectorKeyTakenUp", "CollectorKeyIssued"],
            trail.Select(e => e.GetProperty("type").GetString()!).Where(type => type.StartsWith("CollectorKey", StringComparison.Ordinal)));
        Assert.DoesNotContain(host.Lines(), line => line.Contains(old[^64..], StringComparison.Ordinal) || line.Contains(fresh[^64..], StringComparison.Ordinal));

        async Task<string> IssueAsync() => (await ada.PostAsync(key, new { }, HttpStatusCode.Created)).GetProperty("key").GetString()!;

        async Task<HttpStatusCode> WorkAsync(string credential)
        {
            using var collector = host.With(credential);
            return await StatusAsync(collector, "GET", $"tenants/{tenant.Id}/collectors/corp/work");
        }

        async Task<HttpStatusCode> UploadAsync(string credential)
        {
            using var collector = host.With(credential);
            var (status, _, _) = await collector.UploadAsync($"tenants/{tenant.Id}/inventories/corp", await Stage.InventoryAsync(tenant));
            return status;
        }
    }

    private static async Task<HttpStatusCode> StatusAsync(Api caller, string method, string path, object? body = null)
    {
        var (status, _, _) = await caller.SendAsync(new(method), path, body is null ? null : JsonContent.Create(body));
        return status;
    }
}
