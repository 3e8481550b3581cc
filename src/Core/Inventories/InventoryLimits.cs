using System.ComponentModel.DataAnnotations;

namespace Reanchor.Inventories;

/// <summary>How much one upload may ask of the service.</summary>
public sealed record InventoryLimits
{
    public static InventoryLimits Default { get; } = new();

    /// <summary>The longest line, or CSV record, in bytes. Read no further than this without a line break.</summary>
    [Range(1024, 256 * 1024)]
    public int MaxLineBytes { get; init; } = 64 * 1024;

    /// <summary>The text after decompression, in bytes.</summary>
    [Range(1024, long.MaxValue)]
    public long MaxTextBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    [Range(1, 100_000_000)]
    public int MaxAccounts { get; init; } = 5_000_000;

    /// <summary>Reading stops when this many problems are found.</summary>
    [Range(1, 1000)]
    public int MaxProblems { get; init; } = 20;
}
