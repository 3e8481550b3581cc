namespace Reanchor.GraphSimulator;

/// <summary>A forest to create, with its accounts.</summary>
public sealed record ForestSeed
{
    public required string Name { get; init; }
    public IReadOnlyList<AdAccount> Accounts { get; init; } = [];
}
