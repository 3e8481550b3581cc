namespace Reanchor.Inventories;

/// <summary>What an inventory says about itself in its first line.</summary>
/// <param name="Forest">The DNS name of the forest's root domain.</param>
/// <param name="TakenAt">When the directory was read, UTC. Age counts from here, not from the upload.</param>
/// <param name="AnchorAttribute">
/// The LDAP name of the attribute that the reader was set to, and that <c>customAnchor</c> is of if it is neither of the two GUIDs;
/// <see langword="null"/> when not said.
/// </param>
public sealed record InventoryHeader(string Forest, DateTimeOffset TakenAt, string? AnchorAttribute);
