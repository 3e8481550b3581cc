using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Reanchor.LocalHost.Identity;

namespace Reanchor.UnitTests.Access;

public sealed class LocalIdentityTests
{
    private const string Path = "/api/tenants/11111111-1111-1111-1111-111111111111/ruled";

    [Fact]
    public async Task Token_Requested_OpensTheGate()
    {
        await using var host = await GateHost.StartAsync();

        using var issued = await host.PostAsync("/local/token", """{"name":"alice","roles":["Operate"],"tenants":["*"]}""");
        using var response = await host.GetAsync(Path, await TokenAsync(issued));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Token_Issued_LivesEightHoursAndKeepsTheNameOutOfTheSubject()
    {
        await using var host = await GateHost.StartAsync();

        var first = new JsonWebToken(host.Token(["Read"], ["*"], "alice"));
        var again = new JsonWebToken(host.Token(["Approve"], ["*"], "alice"));
        var other = new JsonWebToken(host.Token(["Read"], ["*"], "bob"));

        Assert.Equal(TimeSpan.FromHours(8), first.ValidTo - first.ValidFrom);
        Assert.Equal(first.Subject, again.Subject);
        Assert.NotEqual(first.Subject, other.Subject);
        Assert.DoesNotContain("alice", first.Subject, StringComparison.Ordinal);
        Assert.Equal("ES256", first.Alg);
    }

    [Fact]
    public async Task Token_ForAnApplication_IsNoPersonsAndHasAnIdOfItsOwn()
    {
        await using var host = await GateHost.StartAsync();

        using var issued = await host.PostAsync("/local/token", """{"kind":"application","name":"alice","roles":["Operate"],"tenants":["*"]}""");
        using var application = await JsonAsync(await host.GetAsync(Path, await TokenAsync(issued)));
        using var person = await JsonAsync(await host.GetAsync(Path, host.Token(["Operate"], ["*"], "alice")));

        Assert.Equal("Application", application.RootElement.GetProperty("kind").GetString());
        Assert.NotEqual(person.RootElement.GetProperty("id").GetString(), application.RootElement.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Discovery_Asked_PointsAtPublicKeysOnly()
    {
        await using var host = await GateHost.StartAsync();

        using var discovery = await JsonAsync(await host.GetAsync("/local/.well-known/openid-configuration"));
        using var keys = await JsonAsync(await host.GetAsync(new Uri(discovery.RootElement.GetProperty("jwks_uri").GetString()!).AbsolutePath));

        Assert.Equal($"{host.Origin}local", discovery.RootElement.GetProperty("issuer").GetString());
        var key = Assert.Single(keys.RootElement.GetProperty("keys").EnumerateArray());
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.EnumerateObject().Select(member => member.Name).Order());
    }

    [Theory]
    [InlineData("""{"roles":["Operate"],"tenants":["*"]}""", "name")]
    [InlineData("""{"name":" ","roles":["Operate"],"tenants":["*"]}""", "name")]
    [InlineData("""{"name":"a","tenants":["*"]}""", "roles")]
    [InlineData("""{"name":"a","roles":[],"tenants":["*"]}""", "roles")]
    [InlineData("""{"name":"a","roles":["Operate","Owner"],"tenants":["*"]}""", "roles[1]")]
    [InlineData("""{"name":"a","roles":["operate"],"tenants":["*"]}""", "roles[0]")]
    [InlineData("""{"name":"a","roles":[1],"tenants":["*"]}""", "roles[0]")]
    [InlineData("""{"name":"a","roles":["2"],"tenants":["*"]}""", "roles[0]")]
    [InlineData("""{"name":"a","roles":[null],"tenants":["*"]}""", "roles[0]")]
    [InlineData("""{"name":"a","roles":"Operate","tenants":["*"]}""", "roles")]
    [InlineData("""{"name":"a","roles":["Operate"]}""", "tenants")]
    [InlineData("""{"name":"a","roles":["Operate"],"tenants":["contoso"]}""", "tenants[0]")]
    [InlineData("""{"name":"a","kind":"system","roles":["Operate"],"tenants":["*"]}""", "kind")]
    [InlineData("""{"name":"a","kind":"robot","roles":["Operate"],"tenants":["*"]}""", "kind")]
    [InlineData("""{"name":"a","roles":["Operate"],"tenants":["*"],"sub":"root"}""", "sub")]
    [InlineData("""["a"]""", "")]
    [InlineData("""{"name":"a",""", "")]
    [InlineData("", "")]
    public async Task Token_BadRequest_NamesTheField(string body, string field)
    {
        await using var host = await GateHost.StartAsync();

        using var response = await host.PostAsync("/local/token", body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        using var problem = await JsonAsync(response);
        Assert.Equal(field, problem.RootElement.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task Token_UnknownRole_ListsTheAllowedOnes()
    {
        await using var host = await GateHost.StartAsync();

        using var response = await host.PostAsync("/local/token", """{"name":"a","roles":["Owner"],"tenants":["*"]}""");

        Assert.Contains(
            "Read, Operate, Approve, Administer, Decide, Upload",
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Host", "reanchor.example")]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    public async Task Token_NotFromThisMachine_Is403(string header, string value)
    {
        await using var host = await GateHost.StartAsync();

        using var response = await host.PostAsync(
            "/local/token", """{"name":"alice","roles":["Operate"],"tenants":["*"]}""", headers: (header, value));

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Fact]
    public async Task Token_NotJson_Is415()
    {
        await using var host = await GateHost.StartAsync();

        using var response = await host.PostAsync("/local/token", "name=alice", "application/x-www-form-urlencoded");

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
    }

    [Fact]
    public async Task Token_HugeBody_Is413()
    {
        await using var host = await GateHost.StartAsync();

        using var response = await host.PostAsync("/local/token", $$"""{"name":"{{new string('a', 20_000)}}"}""");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
    }

    [Fact]
    public void Mint_BadRequest_IsRefused()
    {
        using var identity = new LocalIdentity(new("http://127.0.0.1:1"), LocalIdentity.DefaultAudience, SigningKey.Create(), TimeProvider.System);

        Assert.Throws<ArgumentException>(() => identity.Mint(new() { Name = "a", Roles = ["Owner"], Tenants = ["*"] }));
    }

    private static async Task<string> TokenAsync(HttpResponseMessage response)
    {
        using var body = await JsonAsync(response);
        return body.RootElement.GetProperty("token").GetString()!;
    }

    private static async Task<JsonDocument> JsonAsync(HttpResponseMessage response) =>
        JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
}
