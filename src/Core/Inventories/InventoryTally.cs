namespace Reanchor.Inventories;

/// <summary>How much an inventory lists, to be compared with another one of its forest.</summary>
/// <param name="Live">Accounts outside the recycle bin.</param>
/// <param name="Deleted">Accounts in the recycle bin.</param>
/// <param name="Anchored">
/// Live accounts in which mS-DS-ConsistencyGuid is set, or the custom attribute where the tenant's anchors are made from one.
/// </param>
public sealed record InventoryTally(int Live, int Deleted, int Anchored);
