using System.Buffers.Text;
using System.Text.Json;
using Azure.Core;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>Names the tenant and the application in a token that nobody has signed. Only a simulator believes it.</summary>
internal sealed class UnsignedCredential(TenantId tenant, string? clientId) : TokenCredential
{
    private readonly AccessToken _token = new(
        $"{Encode(new { alg = "none", typ = "JWT" })}.{Encode(new { tid = tenant, appid = clientId ?? "" })}.", DateTimeOffset.MaxValue);

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => _token;

    public override ValueTask<AccessToken> GetTokenAsync(
        TokenRequestContext requestContext, CancellationToken cancellationToken) => ValueTask.FromResult(_token);

    private static string Encode<T>(T claims) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(claims));
}
