using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Reanchor.Access;
using Reanchor.Functions.Access;

namespace Reanchor.LocalHost.Identity;

/// <summary>The issuer of tokens of an installation on one machine.</summary>
public sealed class LocalIdentity : IDisposable
{
    public const string Path = AccessOptions.LocalPath;
    public const string DefaultAudience = "api://reanchor";

    public static readonly TimeSpan TokenLifetime = TimeSpan.FromHours(8);

    private readonly ECDsa _key;
    private readonly SigningCredentials _credentials;
    private readonly TimeProvider _clock;

    /// <param name="origin">Scheme, host and port that callers reach this process at, such as <c>http://127.0.0.1:7080</c>.</param>
    /// <param name="key">P-256; disposed with this object. See <see cref="SigningKey"/>.</param>
    public LocalIdentity(Uri origin, string audience, ECDsa key, TimeProvider clock)
    {
        Issuer = origin.GetLeftPart(UriPartial.Authority) + Path;
        Audience = audience;
        _key = key;
        _clock = clock;

        var securityKey = new ECDsaSecurityKey(key);
        securityKey.KeyId = Base64UrlEncoder.Encode(securityKey.ComputeJwkThumbprint());
        _credentials = new(securityKey, SecurityAlgorithms.EcdsaSha256);
        Keys = new { keys = new[] { PublicKey(key, securityKey.KeyId) } };
    }

    /// <summary>What <c>Access__Authority</c> must be for these tokens to be accepted.</summary>
    public string Issuer { get; }

    public string Audience { get; }

    /// <summary>The JSON Web Key Set: the public key alone.</summary>
    internal object Keys { get; }

    internal object Configuration => new
    {
        issuer = Issuer,
        jwks_uri = $"{Issuer}/keys",
        token_endpoint = $"{Issuer}/token",
        id_token_signing_alg_values_supported = new[] { SecurityAlgorithms.EcdsaSha256 },
        response_types_supported = new[] { "token" },
        subject_types_supported = new[] { "public" },
    };

    /// <exception cref="ArgumentException">The request is not in order; the message says why.</exception>
    public string Mint(LocalTokenRequest request)
    {
        if (LocalTokenCheck.Errors(request) is [var first, ..])
        {
            throw new ArgumentException(first.Detail, nameof(request));
        }

        var now = _clock.GetUtcNow().UtcDateTime;

        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            IssuedAt = now,
            NotBefore = now,
            Expires = now + TokenLifetime,
            SigningCredentials = _credentials,
            Claims = ClaimsOf(request),
        });
    }

    /// <summary>A secret for another purpose, in Base64; the same as long as the key is.</summary>
    public string DeriveSecret(string purpose) => Convert.ToBase64String(HKDF.DeriveKey(
        HashAlgorithmName.SHA256,
        _key.ExportParameters(includePrivateParameters: true).D!,
        SHA256.HashSizeInBytes,
        info: Encoding.UTF8.GetBytes($"reanchor {purpose}")));

    public void Dispose() => _key.Dispose();

    /// <summary>Those by which Entra tells a person from an application, and its own.</summary>
    private static Dictionary<string, object> ClaimsOf(LocalTokenRequest request)
    {
        var isPerson = request.Kind is ActorKind.Person;
        var id = IdOf(isPerson ? request.Name! : $"application {request.Name}");

        var claims = new Dictionary<string, object>
        {
            [TokenClaims.ObjectId] = id,
            [TokenClaims.Subject] = id,
            [TokenClaims.Client] = isPerson ? Path : id,
            [TokenClaims.Name] = request.Name!,
            [TokenClaims.Roles] = request.Roles!.ToArray(),
            [TokenClaims.Tenants] = request.Tenants!.ToArray(),
        };
        claims.Add(
            isPerson ? TokenClaims.DelegatedScopes : TokenClaims.Kind,
            isPerson ? "user_impersonation" : TokenClaims.ApplicationKind);
        return claims;
    }

    // A name is not fit to be an id in logs.
    private static string IdOf(string name) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"reanchor local {name}")).AsSpan(0, 16)).ToString("D");

    private static object PublicKey(ECDsa key, string keyId)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;

        return new
        {
            kty = "EC",
            crv = "P-256",
            x = Base64UrlEncoder.Encode(point.X),
            y = Base64UrlEncoder.Encode(point.Y),
            use = "sig",
            alg = SecurityAlgorithms.EcdsaSha256,
            kid = keyId,
        };
    }
}
