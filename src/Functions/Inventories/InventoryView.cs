using Reanchor.Inventories;
using Reanchor.Tenants;

namespace Reanchor.Functions.Inventories;

/// <summary>What is known of one expected collector's inventory.</summary>
/// <param name="Accepted"><see langword="false"/> while the collector has sent none that could be used.</param>
/// <param name="Fresh">Young enough to prove that an account is absent.</param>
/// <param name="AnchorAttribute">The attribute that it was read for; <see langword="null"/> when it does not say.</param>
/// <param name="Deleted">Accounts in the recycle bin, of <paramref name="Count"/>.</param>
/// <param name="Anchored">Live accounts with a value in the attribute that anchors are made from.</param>
/// <param name="DeletedRead">Whether accounts in the recycle bin could be read; <see langword="null"/> when the inventory does not say.</param>
/// <param name="Refusals">The latest uploads that were turned away, newest first.</param>
public sealed record InventoryView(
    CollectorId CollectorId,
    bool Accepted,
    bool Fresh,
    string? Forest,
    string? AnchorAttribute,
    DateTimeOffset? TakenAt,
    DateTimeOffset? ReceivedAt,
    double? AgeHours,
    int? Count,
    int? Deleted,
    int? Anchored,
    bool? DeletedRead,
    string? Version,
    IEnumerable<RefusalView> Refusals)
{
    public static InventoryView Of(
        CollectorId collector,
        InventoryRecord? record,
        IEnumerable<RefusedInventory> refusals,
        TenantPolicy policy,
        DateTimeOffset now) => new(
        collector,
        record is not null,
        record?.IsFresh(policy, now) ?? false,
        record?.Forest,
        record?.AnchorAttribute,
        record?.TakenAt,
        record?.ReceivedAt,
        record is null ? null : Math.Round((now - record.TakenAt).TotalHours, 1),
        record?.Count,
        record?.Deleted,
        record?.Anchored,
        record?.DeletedRead,
        record?.Version,
        refusals.Select(RefusalView.Of));
}
