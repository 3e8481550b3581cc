using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Reanchor.LocalHost.Identity;

namespace Reanchor.UnitTests.Access;

/// <summary>An authority that is not LocalHost, known to the gate without asking it.</summary>
internal static class Entra
{
    public const string Directory = "44444444-4444-4444-4444-444444444444";
    public const string Authority = $"https://login.example/{Directory}/v2.0";

    private static readonly ECDsaSecurityKey Key = new(SigningKey.Create()) { KeyId = "entra" };

    public static Task<GateHost> StartAsync(
        Action<IServiceCollection>? configure = null, params KeyValuePair<string, string?>[] settings) =>
        GateHost.StartAsync(
            Authority,
            services =>
            {
                services.Configure<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme, options =>
                {
                    options.Configuration = new() { Issuer = Authority };
                    options.Configuration.SigningKeys.Add(Key);
                });
                configure?.Invoke(services);
            },
            settings: settings);

    /// <summary>A person's access token of version 2, unless it is changed.</summary>
    public static string Token(
        Action<Dictionary<string, object>>? change = null, Action<SecurityTokenDescriptor>? describe = null) =>
        Tokens.Create(
            Authority,
            GateHost.ClientId,
            new(Key, SecurityAlgorithms.EcdsaSha256),
            claims =>
            {
                claims["tid"] = Directory;
                change?.Invoke(claims);
            },
            describe);

    /// <summary>Makes it the token of an application that signs in as itself.</summary>
    public static void AppOnly(Dictionary<string, object> claims)
    {
        claims["sub"] = claims["oid"];
        claims.Remove("scp");
    }
}
