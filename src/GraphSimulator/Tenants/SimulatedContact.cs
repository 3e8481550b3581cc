namespace Reanchor.GraphSimulator;

/// <summary>A mail contact of the organisation.</summary>
public sealed record SimulatedContact
{
    /// <summary>Left empty, <see cref="SimulatedTenant.AddContact"/> chooses one.</summary>
    public Guid Id { get; init; }

    public required string DisplayName { get; init; }
    public string? Mail { get; init; }

    /// <summary>With their prefix: <c>SMTP:</c> is the primary one.</summary>
    public IReadOnlyList<string> ProxyAddresses { get; init; } = [];
}
