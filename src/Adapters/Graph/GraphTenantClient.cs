using Microsoft.Graph;

namespace Reanchor.Adapters.Graph;

/// <summary>The Graph clients of one tenant.</summary>
/// <param name="Endpoint">Without a version and without a slash at the end.</param>
/// <param name="Reader">Retries what Graph asks to be retried.</param>
/// <param name="Writer">Never retries: the queue does, after reading what became of the write.</param>
internal sealed record GraphTenantClient(string Endpoint, GraphServiceClient Reader, GraphServiceClient Writer);
