using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Kiota.Abstractions;
using Reanchor.Anchors;
using Reanchor.Clearing;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>
/// Writes onPremisesImmutableId and nothing else. The body is built by hand, so that what goes over the wire is what the rules
/// say, byte for byte. The address is beta: the documented route for this property (Learn, clear on-premises attributes).
/// </summary>
internal sealed class GraphAnchorWriter(GraphClients clients) : IAnchorWriter
{
    private static readonly JsonSerializerOptions PlainText = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public async Task<AnchorRefusal?> WriteAsync(
        Tenant tenant, Guid userId, SourceAnchor? anchor, CancellationToken cancellationToken)
    {
        var client = clients.For(tenant);
        var request = new RequestInformation(
            Method.PATCH, $"{client.Endpoint}/beta/users/{userId:D}", new Dictionary<string, object>());
        using var body = new MemoryStream(Body(anchor));
        request.SetStreamContent(body, "application/json");

        try
        {
            await GraphCall.SendAsync(
                async () =>
                {
                    await client.Writer.RequestAdapter.SendNoContentAsync(request, GraphCall.Errors, cancellationToken);
                    return true;
                },
                cancellationToken);
            return null;
        }
        catch (ApiException ex)
        {
            return GraphRefusal.Of(ex);
        }
    }

    private static byte[] Body(SourceAnchor? anchor) => anchor is null
        ? """{"onPremisesImmutableId":null}"""u8.ToArray()
        : JsonSerializer.SerializeToUtf8Bytes(new { onPremisesImmutableId = anchor.Value }, PlainText);
}
