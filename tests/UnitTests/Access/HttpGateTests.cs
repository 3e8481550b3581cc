using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Contracts;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Access;

public sealed class HttpGateTests
{
    private const string Inside = "11111111-1111-1111-1111-111111111111";
    private const string Outside = "22222222-2222-2222-2222-222222222222";
    private const string Path = $"/api/tenants/{Inside}/ruled";
    private const string PersonsPath = $"/api/tenants/{Inside}/persons";


    private static readonly string[] ForeignRoles = ["Upload", "1", "operate"];

    [Fact]
    public async Task Admit_RoleAndTenantInScope_RunsAsCaller()
    {
        await using var host = await GateHost.StartAsync();

        using var response = await host.GetAsync(Path, host.Token(["Operate"], [Inside]));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var caller = await BodyAsync(response);
        Assert.Equal("alice", caller.GetProperty("name").GetString());
        Assert.Equal("alice", caller.GetProperty("user").GetString());
        Assert.Equal("Person", caller.GetProperty("kind").GetString());
        Assert.Equal(host.Identity.Issuer, caller.GetProperty("authenticatedBy").GetString());
        Assert.True(Guid.TryParse(caller.GetProperty("id").GetString(), out _));
    }

    [Fact]
    public async Task Admit_NoToken_Is401WithChallenge()
    {
        await using var host = await GateHost.StartAsync();

        using var response = await host.GetAsync(Path);

        await AssertProblemAsync(response, HttpStatusCode.Unauthorized);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Admit_PlatformHeaderInsteadOfToken_Is401()
    {
        await using var host = await GateHost.StartAsync();

        using var response = await host.GetAsync(
            Path, null, ("X-MS-CLIENT-PRINCIPAL", "eyJhdXRoX3R5cCI6ImFhZCJ9"), ("X-MS-CLIENT-PRINCIPAL-ID", "alice"));

        await AssertProblemAsync(response, HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Read")]
    [InlineData("Administer")]
    public async Task Admit_OtherRole_Is403AndNamesTheRoles(string role)
    {
        await using var host = await GateHost.StartAsync();

        using var response = await host.GetAsync(Path, host.Token([role], ["*"]));

        var problem = await AssertProblemAsync(response, HttpStatusCode.Forbidden);
        Assert.Contains("Operate, Upload", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Admit_ApplicationWithAPersonsRole_Is403AndSaysWhy()
    {
        using var log = new RecordingLog();
        await using var host = await GateHost.StartAsync(configure: services => services.AddSingleton<ILoggerProvider>(log));

        using var application = await host.GetAsync(PersonsPath, host.Token(["Approve"], ["*"], kind: ActorKind.Application));
        using var person = await host.GetAsync(PersonsPath, host.Token(["Approve"], ["*"]));

        var problem = await AssertProblemAsync(application, HttpStatusCode.Forbidden);
        Assert.Contains("takes a person", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, person.StatusCode);
        Assert.Contains(log.Lines, line => line.Contains("WrongKind", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Admit_TenantOutsideScope_Is404()
    {
        await using var host = await GateHost.StartAsync();

        using var response = await host.GetAsync($"/api/tenants/{Outside}/ruled", host.Token(["Operate"], [Inside]));

        await AssertProblemAsync(response, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("contoso")]
    [InlineData("%7B11111111-1111-1111-1111-111111111111%7D")]
    [InlineData("11111111111111111111111111111111")]
    [InlineData("*")]
    public async Task Admit_MalformedTenant_Is400(string tenant)
    {
        await using var host = await GateHost.StartAsync();

        using var response = await host.GetAsync($"/api/tenants/{tenant}/ruled", host.Token(["Operate"], ["*"]));

        await AssertProblemAsync(response, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Admit_MalformedTenantWithoutToken_Is401()
    {
        await using var host = await GateHost.StartAsync();

        using var response = await host.GetAsync("/api/tenants/contoso/ruled");

        await AssertProblemAsync(response, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Admit_FunctionWithoutRule_IsDeniedToEveryone()
    {
        await using var host = await GateHost.StartAsync();

        using var response = await host.GetAsync("/api/forgotten", host.Token(["Administer", "Operate"], ["*"]));

        await AssertProblemAsync(response, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Admit_NoSignIn_NeedsNoToken()
    {
        await using var host = await GateHost.StartAsync();

        using var response = await host.GetAsync("/api/open");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Admit_AuthorityDoesNotAnswer_Is503()
    {
        await using var host = await GateHost.StartAsync("http://127.0.0.1:1/local");

        using var response = await host.GetAsync(Path, host.Token(["Operate"], ["*"]));

        await AssertProblemAsync(response, HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Admit_OtherAuthorityWithoutScopeSource_BelievesNoScopeInTheToken()
    {
        await using var host = await Entra.StartAsync();

        using var response = await host.GetAsync(Path, Foreign(["*"]));

        await AssertProblemAsync(response, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Admit_OtherAuthorityWithScopeSource_AsksIt()
    {
        await using var host = await Entra.StartAsync(
            services => services.AddSingleton<ITenantScopeSource>(new FixedScope(TenantScope.Of(new TenantId(Guid.Parse(Inside))))));

        using var inside = await host.GetAsync(Path, Foreign([]));
        using var outside = await host.GetAsync($"/api/tenants/{Outside}/ruled", Foreign(["*"]));

        Assert.Equal(HttpStatusCode.OK, inside.StatusCode);
        Assert.Equal("Application", (await BodyAsync(inside)).GetProperty("kind").GetString());
        await AssertProblemAsync(outside, HttpStatusCode.NotFound);
    }

    private static string Foreign(string[] tenants) => Entra.Token(claims =>
    {
        Entra.AppOnly(claims);
        claims["roles"] = ForeignRoles;
        claims["reanchor_tenants"] = tenants;
    });

    private static async Task<JsonElement> AssertProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await BodyAsync(response);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.GetProperty("type").GetString()!);
        Assert.NotEmpty(problem.GetProperty("title").GetString()!);
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        return problem;
    }

    private static async Task<JsonElement> BodyAsync(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return document.RootElement.Clone();
    }
}
