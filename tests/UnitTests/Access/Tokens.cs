using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Reanchor.UnitTests.Access;

/// <summary>Tokens as someone else would make them.</summary>
internal static class Tokens
{
    public static string Create(
        string issuer,
        string audience,
        SigningCredentials? credentials,
        Action<Dictionary<string, object>>? change = null,
        Action<SecurityTokenDescriptor>? describe = null)
    {
        var claims = new Dictionary<string, object>
        {
            ["oid"] = "66666666-6666-6666-6666-666666666666",
            ["sub"] = "mallory",
            ["azp"] = "client",
            ["scp"] = "user_impersonation",
            ["roles"] = new[] { "Operate" },
            ["reanchor_tenants"] = "*",
        };
        change?.Invoke(claims);

        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience,
            Claims = claims,
            Expires = DateTime.UtcNow.AddHours(1),
            SigningCredentials = credentials,
        };
        describe?.Invoke(descriptor);

        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }
}
