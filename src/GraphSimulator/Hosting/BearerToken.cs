using System.Buffers.Text;
using System.Text.Json;

namespace Reanchor.GraphSimulator;

/// <summary>What the simulator believes of an access token: its tenant and app. Signatures are not checked.</summary>
internal sealed record BearerToken(Guid TenantId, string AppId)
{
    /// <exception cref="GraphRefusal">There is no readable, unexpired token: 401.</exception>
    public static BearerToken Read(string? authorization, DateTimeOffset now)
    {
        const string Scheme = "Bearer ";

        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw Invalid("Access token is empty.");
        }

        var parts = authorization[Scheme.Length..].Trim().Split('.');

        try
        {
            using var payload = JsonDocument.Parse(Base64Url.DecodeFromChars(parts.Length == 3 ? parts[1] : ""));
            var claims = payload.RootElement;

            if (claims.TryGetProperty("exp", out var expiry) && expiry.TryGetInt64(out var seconds) && seconds <= now.ToUnixTimeSeconds())
            {
                throw Invalid("Lifetime validation failed, the token is expired.");
            }

            if (claims.TryGetProperty("tid", out var tenant) && tenant.ValueKind == JsonValueKind.String && Guid.TryParse(tenant.GetString(), out var id))
            {
                return new(id, AppOf(claims));
            }
        }
        catch (Exception exception) when (exception is JsonException or FormatException or InvalidOperationException)
        {
            // Answered below.
        }

        throw Invalid("The access token is no JWT with a tenant id in claim 'tid'.");
    }

    public static GraphRefusal Invalid(string message) => new(401, "InvalidAuthenticationToken", message);

    private static string AppOf(JsonElement claims) =>
        claims.TryGetProperty("appid", out var app) || claims.TryGetProperty("azp", out app) ? app.ToString() : "";
}
