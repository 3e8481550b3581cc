using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Contracts;

namespace Reanchor.UnitTests.Access;

/// <summary>Tokens as Entra makes them: which are taken, and whether it is a person or an application that they are taken for.</summary>
public sealed class EntraTokenTests
{
    private const string Path = "/api/tenants/11111111-1111-1111-1111-111111111111/ruled";
    private const string Other = "77777777-7777-7777-7777-777777777777";

    private static readonly KeyValuePair<string, string?> AlsoOther = new("Access:AllowedTenants", $" {Other} ");

    public static TheoryData<string, Action<Dictionary<string, object>>, string> Kinds => new()
    {
        { "delegated", _ => { }, "Person" },
        { "delegated, idtyp=user", claims => claims["idtyp"] = "user", "Person" },
        { "app-only without idtyp", Entra.AppOnly, "Application" },
        { "app-only with idtyp", claims => { Entra.AppOnly(claims); claims["idtyp"] = "app"; }, "Application" },
    };

    public static TheoryData<string, Action<Dictionary<string, object>>> Nobody => new()
    {
        { "an ID token", claims => { claims.Remove("azp"); claims.Remove("scp"); } },
        { "an ID token with a scope", claims => claims.Remove("azp") },
        { "neither scope nor alike", claims => claims.Remove("scp") },
        { "empty scope", claims => claims["scp"] = " " },
        { "scope and idtyp=app", claims => claims["idtyp"] = "app" },
        { "idtyp=app, not alike", claims => { claims.Remove("scp"); claims["idtyp"] = "app"; } },
        { "idtyp unknown", claims => { Entra.AppOnly(claims); claims["idtyp"] = "device"; } },
        { "no oid", claims => claims.Remove("oid") },
        { "oid no GUID", claims => claims["oid"] = "a/b" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Admit_TokenOfEntra_IsAPersonOrAnApplication(string token, Action<Dictionary<string, object>> change, string kind)
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync(Path, Entra.Token(change));

        Assert.True(response.IsSuccessStatusCode, token);
        using var caller = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(kind, caller.RootElement.GetProperty("kind").GetString());
        Assert.Equal("66666666-6666-6666-6666-666666666666", caller.RootElement.GetProperty("id").GetString());
    }

    [Theory]
    [MemberData(nameof(Nobody))]
    public async Task Admit_TokenThatLeavesTheKindOpen_Is401(string token, Action<Dictionary<string, object>> change)
    {
        using var log = new RecordingLog();
        await using var host = await StartAsync(log);

        using var response = await host.GetAsync(Path, Entra.Token(change));

        Assert.True(response.StatusCode is HttpStatusCode.Unauthorized, token);
        Assert.Contains(log.Lines, line => line.Contains("names nobody", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Admit_ApplicationIdUriAsAudience_IsTakenToo()
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync(Path, Entra.Token(describe: token => token.Audience = host.Identity.Audience));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Admit_FurtherAllowedDirectory_IsTaken()
    {
        await using var host = await StartAsync(null, AlsoOther);

        using var response = await host.GetAsync(Path, TokenOf(Other, Other));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Theory]
    [InlineData(Other, Other, false)]
    [InlineData(Entra.Directory, Other, true)]
    [InlineData(Other, Entra.Directory, true)]
    [InlineData(Entra.Directory, "", true)]
    public async Task Admit_DirectoryNotAllowedOrNotTheIssuers_Is401(string issuer, string tid, bool otherIsAllowed)
    {
        using var log = new RecordingLog();
        await using var host = await StartAsync(log, otherIsAllowed ? [AlsoOther] : []);

        using var response = await host.GetAsync(Path, TokenOf(issuer, tid));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains(log.Lines, line => line.Contains("SecurityTokenInvalidIssuerException", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Admit_VersionOneIssuer_Is401()
    {
        await using var host = await StartAsync();

        using var response = await host.GetAsync(
            Path, Entra.Token(describe: token => token.Issuer = $"https://sts.windows.net/{Entra.Directory}/"));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    private static string TokenOf(string issuer, string tid) => Entra.Token(
        claims => claims["tid"] = tid,
        token => token.Issuer = Entra.Authority.Replace(Entra.Directory, issuer, StringComparison.Ordinal));

    private static Task<GateHost> StartAsync(RecordingLog? log = null, params KeyValuePair<string, string?>[] settings) => Entra.StartAsync(
        services =>
        {
            services.AddSingleton<ITenantScopeSource>(new FixedScope(TenantScope.All));

            if (log is not null)
            {
                services.AddSingleton<ILoggerProvider>(log);
            }
        },
        settings);
}
