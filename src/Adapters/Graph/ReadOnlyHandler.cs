using System.Text.Json;

namespace Reanchor.Adapters.Graph;

/// <summary>Lets nothing leave that could change a directory. A write that gets this far is a bug, and ends here.</summary>
internal sealed class ReadOnlyHandler : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (!(request.Method == HttpMethod.Get || await IsBatchOfReadsAsync(request, cancellationToken)))
        {
            throw new InvalidOperationException($"{request.Method} {request.RequestUri?.AbsolutePath} is a write, and this client only reads.");
        }

        return await base.SendAsync(request, cancellationToken);
    }

    private static async Task<bool> IsBatchOfReadsAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Method != HttpMethod.Post || request.RequestUri?.AbsolutePath.EndsWith("/$batch", StringComparison.Ordinal) is not true)
        {
            return false;
        }

        using var body = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        return body.RootElement.GetProperty("requests").EnumerateArray().All(step => step.GetProperty("method").ValueEquals("GET"u8));
    }
}
