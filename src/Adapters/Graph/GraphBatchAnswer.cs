using System.Net;
using System.Text.Json;

namespace Reanchor.Adapters.Graph;

/// <summary>The answer to one step of a batch.</summary>
/// <param name="Body">Undefined when there was none.</param>
internal sealed record GraphBatchAnswer(HttpStatusCode Status, JsonElement Body, TimeSpan? RetryAfter)
{
    public bool IsThrottled => Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;

    /// <summary>Throttled, or failed for a moment.</summary>
    public bool IsWorthARetry => IsThrottled || (int)Status is 408 or >= 500;

    public string Describe() =>
        Body.ValueKind is JsonValueKind.Object && Body.TryGetProperty("error", out var error)
            && error.TryGetProperty("code", out var code) && error.TryGetProperty("message", out var message)
            ? $"{(int)Status} {code.GetString()}: {message.GetString()}"
            : $"{(int)Status}.";
}
