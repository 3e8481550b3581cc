using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Reanchor.Functions.Access;

/// <summary>Which tokens are good. The same for Entra's and for LocalHost's.</summary>
public sealed class TokenValidation(IOptions<AccessOptions> access) : IConfigureNamedOptions<JwtBearerOptions>
{
    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        if (name != JwtBearerDefaults.AuthenticationScheme)
        {
            return;
        }

        options.Authority = access.Value.Authority;
        options.MapInboundClaims = false;
        options.TokenValidationParameters = new()
        {
            // Asymmetric only: with HS256 allowed, whoever reads the public key could sign with it.
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.EcdsaSha256],
            ValidAudience = access.Value.Audience,
            ValidateIssuer = true,
            ValidateAudience = true,
            ValidateLifetime = true,
            ValidateIssuerSigningKey = true,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            ClockSkew = TimeSpan.FromSeconds(30),
            NameClaimType = TokenClaims.Name,
            RoleClaimType = TokenClaims.Roles,
        };

        if (access.Value.IsLocalAuthority)
        {
            options.RequireHttpsMetadata = false;
            options.BackchannelHttpHandler = new SocketsHttpHandler { UseProxy = false };
        }
    }
}
