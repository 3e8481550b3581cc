namespace Reanchor.GraphSimulator;

public sealed record SimulatedGroup
{
    /// <summary>Left empty, <see cref="SimulatedTenant.AddGroup"/> chooses one.</summary>
    public Guid Id { get; init; }

    public required string DisplayName { get; init; }
    public bool IsAssignableToRole { get; init; }
    public IReadOnlyList<Guid> Members { get; init; } = [];
    public IReadOnlyList<Guid> Owners { get; init; } = [];
}
