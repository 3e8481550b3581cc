using System.Net;
using System.Text.Json;

namespace Reanchor.Adapters.Graph;

/// <summary>The answer to one step of a batch.</summary>
/// <param name="Body">Undefined when there was none.</param>
/// <param name="RetryAfter">As the step's own header has it; <see langword="null"/> without one.</param>
internal sealed record GraphBatchAnswer(HttpStatusCode Status, JsonElement Body, TimeSpan? RetryAfter)
{
    public bool IsThrottled => Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable;

    /// <summary>Throttled, or failed for a moment.</summary>
    public bool IsWorthARetry => IsThrottled || (int)Status is 408 or >= 500;

    /// <summary>Graph's own code of a refusal; <see langword="null"/> without one.</summary>
    public string? ErrorCode => Error is { } error && error.TryGetProperty("code", out var code) ? code.GetString() : null;

    private JsonElement? Error =>
        Body.ValueKind is JsonValueKind.Object && Body.TryGetProperty("error", out var error) ? error : null;

    /// <summary>A property of the body; <see langword="null"/> when it is missing or no text.</summary>
    public string? Text(string property) =>
        Body.ValueKind is JsonValueKind.Object && Body.TryGetProperty(property, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()
            : null;

    public string Describe() => ErrorCode is { } code && Error!.Value.TryGetProperty("message", out var message)
        ? $"{(int)Status} {code}: {message.GetString()}"
        : $"{(int)Status}.";
}
