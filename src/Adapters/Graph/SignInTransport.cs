using Azure.Core.Pipeline;

namespace Reanchor.Adapters.Graph;

/// <summary>How requests for tokens travel: over the connections that all of Azure's clients share. No setting changes it.</summary>
internal sealed record SignInTransport(HttpPipelineTransport Requests)
{
    public static SignInTransport Shared { get; } = new(HttpClientTransport.Shared);
}
