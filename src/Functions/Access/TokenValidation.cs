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
            ValidAudiences = access.Value.Audiences,
            ValidIssuers = access.Value.Issuers.Values,
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
        options.Events = new() { OnTokenValidated = CheckDirectoryAsync };

        if (access.Value.IsLoopback)
        {
            options.RequireHttpsMetadata = false;
            options.BackchannelHttpHandler = new SocketsHttpHandler { UseProxy = false };
        }
    }

    // All of Entra's directories sign with the same keys, so the issuer and the directory that a token names must be one that is allowed.
    private Task CheckDirectoryAsync(TokenValidatedContext context)
    {
        var principal = context.Principal!;

        if (!access.Value.IsLocalAuthority
            && (!access.Value.Issuers.TryGetValue(TokenClaims.ReadDirectory(principal), out var issuer)
                || issuer != principal.FindFirst("iss")?.Value))
        {
            context.Fail(new SecurityTokenInvalidIssuerException("The token's directory is not allowed here, or is not its issuer's."));
        }

        return Task.CompletedTask;
    }
}
