using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.IntegrationTests.Access;

/// <summary>What an attacker tries at the doors: each is refused with the right status, and leaves a line in the security log.</summary>
public sealed class AttackTests(AttackedHost attacked) : IClassFixture<AttackedHost>
{
    private static readonly SigningCredentials Stranger =
        new(new RsaSecurityKey(RSA.Create(2048)) { KeyId = "stranger" }, SecurityAlgorithms.RsaSha256);

    private static readonly Dictionary<string, Attack> Table = new()
    {
        ["no token"] = new(_ => null, 401, "[7003]|no token"),
        ["platform headers instead of a token"] = new(
            _ => null, 401, "[7003]|no token", Headers: [("X-MS-CLIENT-PRINCIPAL", "eyJhdXRoX3R5cCI6ImFhZCJ9"), ("X-MS-CLIENT-PRINCIPAL-ID", "ada"), ("X-MS-TOKEN-AAD-ACCESS-TOKEN", "x")]),
        ["a platform's proof of roles beside a token without them"] = new(
            a => a.Issuer.Token(a.Bob, []), 403, "[7001]|RoleMissing", Headers: [("X-MS-CLIENT-PRINCIPAL", "eyJyb2xlcyI6WyJSZWFkIl19")]),
        ["not a token"] = new(_ => "nonsense", 401, "[7003]"),
        ["expired"] = new(
            a => a.Issuer.Token(a.Bob, ["Read"], describe: t => t.Expires = DateTime.UtcNow.AddMinutes(-5)), 401, "[7003]|SecurityTokenExpiredException"),
        ["not yet valid"] = new(
            a => a.Issuer.Token(a.Bob, ["Read"], describe: t => t.NotBefore = DateTime.UtcNow.AddMinutes(5)), 401, "[7003]|SecurityTokenNotYetValidException"),
        ["wrong audience"] = new(
            a => a.Issuer.Token(a.Bob, ["Read"], describe: t => t.Audience = "https://graph.microsoft.com"), 401, "[7003]|SecurityTokenInvalidAudienceException"),
        ["wrong issuer"] = new(
            a => a.Issuer.Token(a.Bob, ["Read"], describe: t => t.Issuer = "https://evil.example/v2.0"), 401, "[7003]|SecurityTokenInvalidIssuerException"),
        ["alg=none"] = new(
            a => a.Issuer.Token(a.Bob, ["Read"], describe: t => t.SigningCredentials = null), 401, "[7003]|SecurityToken"),
        ["HS256 with the public key"] = new(
            a => a.Issuer.Token(a.Bob, ["Read"], describe: t => t.SigningCredentials = new(a.Issuer.PublicKeyAsSecret(), SecurityAlgorithms.HmacSha256)), 401, "[7003]|SecurityToken"),
        ["unknown kid"] = new(
            a => a.Issuer.Token(a.Bob, ["Read"], describe: t => t.SigningCredentials = Stranger), 401, "[7003]|SecurityTokenSignatureKeyNotFoundException"),
        ["token of a directory that is not allowed"] = new(
            a => OfDirectory(a, Guid.NewGuid()), 401, "[7003]|SecurityTokenInvalidIssuerException"),
        ["our issuer, another directory"] = new(
            a => a.Issuer.Token(a.Bob, ["Read"], change: c => c["tid"] = $"{Guid.NewGuid()}"), 401, "[7003]|SecurityTokenInvalidIssuerException"),
        ["ID token"] = new(
            a => a.Issuer.Token(a.Bob, ["Read"], change: c => { c.Remove("azp"); c.Remove("scp"); }), 401, "[7003]|names nobody"),
        ["app-only token, to decide as a person"] = new(
            a => a.Issuer.Token(a.Robot, ["Approve", "Read"], appOnly: true), 403, "[7001]|WrongKind", "POST", "tenants/{in}/decisions"),
        ["app-only token, to restore"] = new(
            a => a.Issuer.Token(a.Robot, ["Approve", "Read"], appOnly: true), 403, "[7001]|WrongKind", "POST", "tenants/{in}/proposals/x/restore-anchor"),
        ["app-only token, to lift a quarantine"] = new(
            a => a.Issuer.Token(a.Robot, ["Administer"], appOnly: true), 403, "[7001]|WrongKind", "POST", "tenants/{in}/quarantine/lift"),
        ["app-only token, to give access"] = new(
            a => a.Issuer.Token(a.Robot, ["Administer"], appOnly: true), 403, "[7001]|WrongKind", "PUT", $"access/{Guid.NewGuid()}"),
        ["role missing"] = new(
            a => a.Issuer.Token(a.Bob, ["Read", "Operate"]), 403, "[7001]|RoleMissing", "POST", "tenants/{in}/decisions"),
        ["roles by number and in another case"] = new(
            a => a.Issuer.Token(a.Bob, ["2", "approve", "Approve,Administer"]), 403, "[7001]|RoleMissing", "POST", "tenants/{in}/decisions"),
        ["tenant out of scope"] = new(a => a.Issuer.Token(a.Bob, ["Read"]), 404, "[7001]|OutOfScope", Path: "tenants/{out}/proposals"),
        ["tenant out of scope that the token claims"] = new(
            a => a.Issuer.Token(a.Bob, ["Read"], change: c => c["reanchor_tenants"] = "*"), 404, "[7001]|OutOfScope", Path: "tenants/{out}"),
        ["somebody without any access"] = new(a => a.Issuer.Token(Guid.NewGuid(), ["Read", "Administer"]), 404, "[7001]|OutOfScope", Path: "tenants/{in}"),
        ["collector key, another tenant"] = new(a => a.Key, 404, "[7001]|OutOfScope", "PUT", "tenants/{out}/inventories/corp"),
        ["collector key, another collector"] = new(a => a.Key, 403, "[7001]|OtherCollector", "PUT", "tenants/{in}/inventories/emea"),
        ["collector key, to read"] = new(a => a.Key, 403, "[7001]|RoleMissing", Path: "tenants/{in}/proposals"),
        ["collector key with a wrong secret"] = new(a => a.Key[..^4] + "0000", 401, "[7003]|not the key of", "PUT", "tenants/{in}/inventories/corp"),
        ["collector key under another collector's name"] = new(
            a => a.Key.Replace("_corp_", "_emea_", StringComparison.Ordinal), 401, "[7003]|not the key of", "PUT", "tenants/{in}/inventories/emea"),
    };

    public static TheoryData<string> Attacks => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Attack_AtTheDoor_IsRefusedAndLogged(string name)
    {
        var attack = Table[name];
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new(attack.Method), new Uri(attacked.Host.Origin, $"api/{Filled(attack.Path)}"));
        request.Headers.Authorization = attack.Credential(attacked) is { } credential ? new("Bearer", credential) : null;

        foreach (var (header, value) in attack.Headers ?? [])
        {
            request.Headers.TryAddWithoutValidation(header, value);
        }

        var before = attacked.Lines().Length;
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(attack.Status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-store", response.Headers.CacheControl?.ToString());
        await attacked.HasLoggedAsync(before - 1, attack.Logged);
    }

    [Fact]
    public async Task Attack_OwnRequest_IsRefusedAndOnTheTrail()
    {
        using var ada = attacked.SignIn(attacked.Ada, "Administer", "Operate", "Approve");
        using var bob = attacked.SignIn(attacked.Bob, "Operate", "Approve");
        var tenant = attacked.Tenant.Id;
        await bob.ScanAsync(tenant, "propose");
        await Deadline.UntilAsync("there is a proposal", async () => (await bob.ListAsync($"tenants/{tenant}/proposals?status=pending")).Count > 0);
        var proposal = (await bob.ListAsync($"tenants/{tenant}/proposals?status=pending"))[0];

        var (status, _, _) = await bob.SendAsync(
            HttpMethod.Post,
            $"tenants/{tenant}/proposals/{proposal.GetProperty("proposalId").GetString()}/decision",
            JsonContent.Create(new { decision = "approve", digest = proposal.GetProperty("digest").GetString(), reason = "I say so" }));

        Assert.Equal(HttpStatusCode.Forbidden, status);
        var told = Assert.Single(await ada.ListAsync($"tenants/{tenant}/audit"), e => e.GetProperty("type").GetString() == "DecisionRefused");
        Assert.Equal("ownRequest", told.GetProperty("details").GetProperty("outcome").GetString());
        Assert.Equal($"{attacked.Bob}", told.GetProperty("actor").GetProperty("id").GetString());
    }

    [Theory]
    [InlineData("GET", "tenants/{in}/proposals/..%2f..%2f{out}%2fproposals")]
    [InlineData("GET", "tenants/{in}/proposals/%2e%2e%2f%2e%2e")]
    [InlineData("GET", "tenants/{in}/scans/..%5c..%5c{out}")]
    [InlineData("GET", "tenants/{in}%2f..%2f{out}/proposals")]
    [InlineData("GET", "tenants/{in}/scans/x'%20or%20PartitionKey%20ne%20'")]
    [InlineData("POST", "tenants/{in}/poison/..%2f{out}/retry")]
    [InlineData("DELETE", "tenants/{in}/collectors/..%2f..%2f/key")]
    [InlineData("PUT", "tenants/{in}/inventories/..%2f..%2f{out}%2fcorp")]
    [InlineData("GET", "access/..%2f")]
    public async Task Attack_PathTricksInIds_AreRefusedAndLogged(string method, string path)
    {
        var before = attacked.Lines().Length;

        Assert.Equal(400, await TryPathAsync(method, path));

        await attacked.HasLoggedAsync(before - 1, "[7007]");
    }

    /// <summary>No path for the server, or an id that is only no id.</summary>
    [Theory]
    [InlineData("GET", "tenants/{in}%00/proposals")]
    [InlineData("GET", "tenants/{in}/scans/%00")]
    [InlineData("GET", "tenants/{in}/exceptions/{out}%23")]
    [InlineData("GET", "tenants/{in}/proposals?next=..%2f..%2f")]
    public async Task Attack_OddIds_LeadNowhere(string method, string path) => Assert.Contains(await TryPathAsync(method, path), (int[])[400, 404]);

    /// <summary>By someone who may do nearly everything, in one tenant.</summary>
    private async Task<int> TryPathAsync(string method, string path)
    {
        using var bob = attacked.SignIn(attacked.Bob, "Operate", "Approve", "Administer");

        var (status, _, _) = await bob.SendAsync(
            new(method), Filled(path), method == "PUT" ? Api.Text("{}", "application/x-ndjson") : Api.Text("""{"reason":"because"}"""));

        Assert.DoesNotContain(attacked.Lines(), line => line.Contains("[9000]", StringComparison.Ordinal));
        return (int)status;
    }

    [Theory]
    [InlineData("GET", "api/nothing", 404)]
    [InlineData("GET", "elsewhere", 404)]
    [InlineData("OPTIONS", "api/tenants", 405)]
    [InlineData("TRACE", "api/health", 405)]
    public async Task Request_NoSuchRouteOrMethod_IsAProblemWithTheHeaders(string method, string path, int expected)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new(method), new Uri(attacked.Host.Origin, path));
        request.Headers.Add("Origin", "https://evil.example");
        request.Headers.Add("Access-Control-Request-Method", "GET");

        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
        Assert.False(response.Headers.Contains("Server"));
    }

    private static string OfDirectory(AttackedHost a, Guid directory) => a.Issuer.Token(
        a.Bob, ["Read"], change: c => c["tid"] = $"{directory}", describe: t => t.Issuer = a.Issuer.IssuerOf(directory));

    private string Filled(string path) => path
        .Replace("{in}", $"{attacked.Tenant.Id}", StringComparison.Ordinal)
        .Replace("{out}", $"{attacked.OtherTenant.Id}", StringComparison.Ordinal);

    /// <param name="Credential">What is sent as a bearer token.</param>
    /// <param name="Logged">Words that one new line of the log has, separated by bars.</param>
    private sealed record Attack(
        Func<AttackedHost, string?> Credential,
        int Status,
        string Logged,
        string Method = "GET",
        string Path = "tenants/{in}/proposals",
        (string Name, string Value)[]? Headers = null);
}
