namespace Reanchor.GraphSimulator;

/// <summary>Many users of no interest and some with leftover anchors, made up by number.</summary>
public sealed record BulkSeed
{
    /// <summary>Cloud users without an anchor.</summary>
    public int PlainUsers { get; init; }

    /// <summary>Never-synced users with an anchor that no AD account has.</summary>
    public int Leftovers { get; init; }

    /// <summary>Forest that gets one account per leftover, with the same UPN; null for none.</summary>
    public string? PartnerForest { get; init; }
}
