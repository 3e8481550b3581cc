using System.Buffers.Text;
using System.Text;
using Azure.Core;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>Names the tenant in a token that nobody has signed. Only a simulator believes it.</summary>
internal sealed class UnsignedCredential(TenantId tenant) : TokenCredential
{
    private readonly AccessToken _token = new(
        $"{Encode("""{"alg":"none","typ":"JWT"}""")}.{Encode($$"""{"tid":"{{tenant}}"}""")}.", DateTimeOffset.MaxValue);

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => _token;

    public override ValueTask<AccessToken> GetTokenAsync(
        TokenRequestContext requestContext, CancellationToken cancellationToken) => ValueTask.FromResult(_token);

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
