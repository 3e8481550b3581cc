namespace Reanchor.GraphSimulator;

/// <summary>A request on its way through the simulator: from the wire, or a step of a <c>$batch</c>.</summary>
internal sealed record GraphRequest
{
    public required string Method { get; init; }

    /// <summary><c>v1.0</c> or <c>beta</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Path and query after the version, as sent, starting with a slash.</summary>
    public required string Target { get; init; }

    public required IReadOnlyList<string> Segments { get; init; }
    public required QueryOptions Query { get; init; }
    public required IReadOnlyDictionary<string, string> Headers { get; init; }
    public required byte[] Body { get; init; }

    /// <summary>Scheme and host that the caller used: next links lead back there.</summary>
    public required string Origin { get; init; }

    public required SimulatedTenant Tenant { get; init; }
    public required string AppId { get; init; }
    public Guid RequestId { get; init; } = Guid.NewGuid();
    public string? BatchStep { get; init; }

    /// <summary>What the caller sent to find its request by, or the request id.</summary>
    public string ClientRequestId => Headers.GetValueOrDefault("client-request-id") ?? RequestId.ToString();

    public bool IsBeta => Version == "beta";

    public bool IsWrite => Method is not "GET";

    public bool IsEventual =>
        Headers.TryGetValue("ConsistencyLevel", out var level) && level.Equals("eventual", StringComparison.OrdinalIgnoreCase);
}
