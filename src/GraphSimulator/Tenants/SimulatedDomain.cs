using System.Text.Json.Serialization;

namespace Reanchor.GraphSimulator;

public sealed record SimulatedDomain
{
    public required string Id { get; init; }

    /// <summary><c>Managed</c> or <c>Federated</c>.</summary>
    public string AuthenticationType { get; init; } = "Managed";

    public bool IsDefault { get; init; }
    public bool IsInitial { get; init; }
    public bool IsVerified { get; init; } = true;

    [JsonIgnore]
    public bool IsFederated => AuthenticationType.Equals("Federated", StringComparison.OrdinalIgnoreCase);
}
