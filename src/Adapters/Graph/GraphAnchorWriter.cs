using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Kiota.Abstractions;
using Reanchor.Anchors;
using Reanchor.Clearing;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>
/// Writes onPremisesImmutableId, or clears onPremisesObjectIdentifier, and nothing else. The body is built by hand, so that what goes over the wire is what the rules
/// say, byte for byte. The address is beta: the documented route for these properties (Learn, clear on-premises attributes).
/// </summary>
internal sealed class GraphAnchorWriter(GraphWriterClients clients) : IAnchorWriter
{
    private static readonly JsonSerializerOptions PlainText = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public void ExpectWrite(Tenant tenant) => clients.For(tenant).Throttle.Expect(new RequestCost(1, 1));

    public Task<AnchorRefusal?> WriteAsync(
        Tenant tenant, Guid userId, SourceAnchor? anchor, CancellationToken cancellationToken) =>
        PatchAsync(tenant, userId, Body(anchor), cancellationToken);

    public Task<AnchorRefusal?> ClearObjectIdentifierAsync(
        Tenant tenant, Guid userId, CancellationToken cancellationToken) =>
        PatchAsync(tenant, userId, """{"onPremisesObjectIdentifier":null}"""u8.ToArray(), cancellationToken);

    private async Task<AnchorRefusal?> PatchAsync(
        Tenant tenant, Guid userId, byte[] json, CancellationToken cancellationToken)
    {
        var client = clients.For(tenant);
        var request = new RequestInformation(
            Method.PATCH, $"{client.Endpoint}/beta/users/{userId:D}", new Dictionary<string, object>());
        using var body = new MemoryStream(json);
        request.SetStreamContent(body, "application/json");

        try
        {
            await GraphCall.SendAsync(
                async () =>
                {
                    await client.Graph.RequestAdapter.SendNoContentAsync(request, GraphCall.Errors, cancellationToken);
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
