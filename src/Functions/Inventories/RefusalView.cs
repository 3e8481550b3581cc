using Reanchor.Inventories;

namespace Reanchor.Functions.Inventories;

/// <summary>An upload that was turned away, and every reason.</summary>
/// <param name="TakenAt"><see langword="null"/>, as <paramref name="Forest"/>, when its header could not be read.</param>
/// <param name="Count"><see langword="null"/> when it could not be read to its end.</param>
public sealed record RefusalView(
    DateTimeOffset ReceivedAt, string? Forest, DateTimeOffset? TakenAt, int? Count, IReadOnlyList<string> Problems)
{
    public static RefusalView Of(RefusedInventory refused) =>
        new(refused.ReceivedAt, refused.Forest, refused.TakenAt, refused.Count, refused.Problems);
}
