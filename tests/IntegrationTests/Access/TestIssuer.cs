using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Reanchor.IntegrationTests.Access;

/// <summary>Signs tokens as Entra does: one key for all directories, an issuer for each, metadata and keys over HTTP.</summary>
internal sealed class TestIssuer : IAsyncDisposable
{
    public const string ClientId = "55555555-5555-4555-8555-555555555555";

    private readonly RSA _rsa = RSA.Create(2048);
    private readonly WebApplication _app;

    private TestIssuer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        Key = new(_rsa) { KeyId = "issuer" };

        _app.MapGet("/{directory}/v2.0/.well-known/openid-configuration", (Guid directory) => new
        {
            issuer = IssuerOf(directory),
            jwks_uri = $"{Origin}/keys",
        });
        _app.MapGet("/keys", () => new { keys = new[] { PublicKey() } });
    }

    public Guid Home { get; } = Guid.NewGuid();

    public RsaSecurityKey Key { get; }

    private string Origin => _app.Urls.Single();

    /// <summary>The settings that make a host believe in it.</summary>
    public (string Name, string Value)[] Settings =>
    [
        ("Access__Authority", IssuerOf(Home)),
        ("Access__Audience", "api://reanchor"),
        ("Access__ClientId", ClientId),
    ];

    public static async Task<TestIssuer> StartAsync()
    {
        var issuer = new TestIssuer();
        await issuer._app.StartAsync(TestContext.Current.CancellationToken);
        return issuer;
    }

    public string IssuerOf(Guid directory) => $"{Origin}/{directory}/v2.0";

    /// <summary>A good token of a person or an application, unless it is changed.</summary>
    public string Token(
        Guid objectId,
        string[] roles,
        bool appOnly = false,
        Action<Dictionary<string, object>>? change = null,
        Action<SecurityTokenDescriptor>? describe = null)
    {
        var claims = new Dictionary<string, object>
        {
            ["ver"] = "2.0",
            ["tid"] = $"{Home}",
            ["oid"] = $"{objectId}",
            ["sub"] = appOnly ? $"{objectId}" : "pairwise",
            ["azp"] = $"{Guid.Empty}",
            ["roles"] = roles,
        };

        if (!appOnly)
        {
            claims["scp"] = "user_impersonation";
            claims["name"] = "Somebody";
        }

        change?.Invoke(claims);
        var token = new SecurityTokenDescriptor
        {
            Issuer = IssuerOf(Home),
            Audience = ClientId,
            Expires = DateTime.UtcNow.AddHours(1),
            Claims = claims,
            SigningCredentials = new(Key, SecurityAlgorithms.RsaSha256),
        };
        describe?.Invoke(token);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(token);
    }

    /// <summary>What the public key is to whoever takes it for a shared secret.</summary>
    public SymmetricSecurityKey PublicKeyAsSecret() =>
        new(Encoding.ASCII.GetBytes(_rsa.ExportSubjectPublicKeyInfoPem())) { KeyId = Key.KeyId };

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _rsa.Dispose();
    }

    private object PublicKey()
    {
        var parameters = _rsa.ExportParameters(includePrivateParameters: false);

        return new
        {
            kty = "RSA",
            use = "sig",
            kid = Key.KeyId,
            n = Base64UrlEncoder.Encode(parameters.Modulus),
            e = Base64UrlEncoder.Encode(parameters.Exponent),
            issuer = $"{Origin}/{{tenantid}}/v2.0",
        };
    }
}
