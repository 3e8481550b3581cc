namespace Reanchor.Inventories;

/// <summary>What an inventory says about itself in its first line.</summary>
/// <param name="Forest">The DNS name of the forest's root domain.</param>
/// <param name="TakenAt">When the directory was read, UTC. Age counts from here, not from the upload.</param>
/// <param name="AnchorAttribute">The attribute behind <c>customAnchor</c>, or the one the collector was set to; for people to read.</param>
public sealed record InventoryHeader(string Forest, DateTimeOffset TakenAt, string? AnchorAttribute);
