namespace Reanchor.Functions.Inventories;

/// <summary>What came of a sync that was wanted.</summary>
public sealed record SyncBody
{
    /// <summary>It ran to its end.</summary>
    public required bool Synced { get; init; }

    /// <summary>What its command said.</summary>
    public string? Detail { get; init; }
}
