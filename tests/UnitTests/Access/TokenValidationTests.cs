using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.Tokens;
using Reanchor.LocalHost.Identity;

namespace Reanchor.UnitTests.Access;

public sealed class TokenValidationTests : IAsyncLifetime
{
    private const string Path = "/api/tenants/11111111-1111-1111-1111-111111111111/ruled";

    private readonly string _folder = Directory.CreateTempSubdirectory("reanchor-").FullName;
    private ECDsa _key = null!;
    private ECDsaSecurityKey _publicKey = null!;
    private GateHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await GateHost.StartAsync(keyFolder: _folder);
        _key = SigningKey.LoadOrCreate(_folder);
        _publicKey = new(_key);
        _publicKey.KeyId = Base64UrlEncoder.Encode(_publicKey.ComputeJwkThumbprint());
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _key.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Validate_SignedByTheAuthority_IsAccepted() => Assert.Equal(HttpStatusCode.OK, await TryAsync(Create()));

    [Fact]
    public async Task Validate_KeyKeptOverARestart_StillAcceptsItsTokens()
    {
        using var restarted = new LocalIdentity(_host.Origin, _host.Identity.Audience, SigningKey.LoadOrCreate(_folder), TimeProvider.System);

        var token = restarted.Mint(new() { Name = "alice", Roles = ["Operate"], Tenants = ["*"] });

        Assert.Equal(HttpStatusCode.OK, await TryAsync(token));
    }

    [Fact]
    public async Task Validate_AlgorithmNone_Is401() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(Create(credentials: null, signed: false)));

    [Fact]
    public async Task Validate_SignatureCutOff_Is401()
    {
        var token = Create();

        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(token[..(token.LastIndexOf('.') + 1)]));
    }

    [Theory]
    [InlineData("pem")]
    [InlineData("der")]
    [InlineData("point")]
    public async Task Validate_Hs256WithThePublicKey_Is401(string form)
    {
        var point = _key.ExportParameters(false).Q;
        var secret = form switch
        {
            "pem" => Encoding.ASCII.GetBytes(_key.ExportSubjectPublicKeyInfoPem()),
            "der" => _key.ExportSubjectPublicKeyInfo(),
            _ => [.. point.X!, .. point.Y!],
        };
        var forged = new SymmetricSecurityKey(secret) { KeyId = _publicKey.KeyId };

        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(Create(new(forged, SecurityAlgorithms.HmacSha256))));
    }

    [Fact]
    public async Task Validate_OtherKeyWithTheSameKeyId_Is401()
    {
        using var other = SigningKey.Create();
        var forged = new ECDsaSecurityKey(other) { KeyId = _publicKey.KeyId };

        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(Create(new(forged, SecurityAlgorithms.EcdsaSha256))));
    }

    [Fact]
    public async Task Validate_OtherAudience_Is401() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(Create(describe: token => token.Audience = "api://other")));

    [Fact]
    public async Task Validate_NoAudience_Is401() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(Create(describe: token => token.Audience = null)));

    [Fact]
    public async Task Validate_OtherIssuer_Is401() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(Create(describe: token => token.Issuer = "http://127.0.0.1:1/local")));

    [Fact]
    public async Task Validate_NotYetValid_Is401() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(Create(describe: token => token.NotBefore = DateTime.UtcNow.AddMinutes(5))));

    [Fact]
    public async Task Validate_NoExpiry_Is401() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(Create(describe: token => token.Expires = null)));

    [Fact]
    public async Task Validate_NamesNobody_Is401() =>
        Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync(Create(change: claims => claims.Remove("oid"))));

    [Fact]
    public async Task Validate_NotAToken_Is401() => Assert.Equal(HttpStatusCode.Unauthorized, await TryAsync("not-a-token"));

    [Fact]
    public async Task Validate_NineHoursOld_Is401AndSaysThatItExpired()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow.AddHours(-9));
        using var past = new LocalIdentity(_host.Origin, _host.Identity.Audience, SigningKey.LoadOrCreate(_folder), clock);

        using var response = await _host.GetAsync(Path, past.Mint(new() { Name = "alice", Roles = ["Operate"], Tenants = ["*"] }));

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Contains("invalid_token", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        Assert.Contains("expired", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private string Create(
        SigningCredentials? credentials = null,
        bool signed = true,
        Action<Dictionary<string, object>>? change = null,
        Action<SecurityTokenDescriptor>? describe = null) =>
        Tokens.Create(
            _host.Identity.Issuer,
            _host.Identity.Audience,
            signed ? credentials ?? new(_publicKey, SecurityAlgorithms.EcdsaSha256) : null,
            change,
            describe);

    private async Task<HttpStatusCode> TryAsync(string token)
    {
        using var response = await _host.GetAsync(Path, token);
        return response.StatusCode;
    }
}
