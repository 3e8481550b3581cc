namespace Reanchor.GraphSimulator;

/// <summary>A request as it arrived, and what became of it.</summary>
public sealed class RecordedRequest
{
    public required long Number { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Null when the token named no known tenant.</summary>
    public required Guid? TenantId { get; init; }

    /// <summary>The client id in the token, empty when it named none; null when it named no known tenant.</summary>
    public required string? AppId { get; init; }

    public required string Method { get; init; }

    /// <summary>Path and query exactly as sent, version included.</summary>
    public required string Target { get; init; }

    /// <summary>The headers that change an answer: ConsistencyLevel, Prefer, client-request-id, Content-Type, x-ms-throttle-priority.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The body's bytes read as UTF-8, empty when there was none.</summary>
    public required string Body { get; init; }

    /// <summary>The id of the step, for a request that came inside a <c>$batch</c>.</summary>
    public string? BatchStep { get; init; }

    /// <summary>Null until answered, and for good when the connection was cut.</summary>
    public int? Status { get; internal set; }
}
