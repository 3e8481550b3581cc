namespace Reanchor.Inventories;

/// <summary>What an inventory says about itself in its last line.</summary>
/// <param name="Count">Accounts listed, deleted ones included.</param>
/// <param name="DeletedRead">
/// Whether the deleted accounts of every domain could be read; <see langword="null"/> when it does not say.
/// </param>
public sealed record InventoryEnd(int Count, bool? DeletedRead);
