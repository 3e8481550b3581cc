using Reanchor.Tenants;

namespace Reanchor.Inventories;

/// <summary>An accepted inventory: the row that puts a stored file in force.</summary>
public sealed record InventoryRecord
{
    public required TenantId Tenant { get; init; }

    public required CollectorId Collector { get; init; }

    public required string Forest { get; init; }

    /// <inheritdoc cref="InventoryHeader.AnchorAttribute"/>
    public string? AnchorAttribute { get; init; }

    public required DateTimeOffset TakenAt { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Accounts listed, deleted ones included.</summary>
    public required int Count { get; init; }

    /// <summary>Accounts in the recycle bin; <see langword="null"/>, as <see cref="Anchored"/>, if received before they were counted.</summary>
    public int? Deleted { get; init; }

    /// <inheritdoc cref="InventoryTally" path="/param[@name='Anchored']"/>
    public int? Anchored { get; init; }

    /// <inheritdoc cref="InventoryEnd.DeletedRead"/>
    public bool? DeletedRead { get; init; }

    /// <summary>SHA-256 of the stored accounts, hex. Names this version in a proposal's evidence.</summary>
    public required string Version { get; init; }

    public required string UploadedBy { get; init; }

    public bool IsFresh(TenantPolicy policy, DateTimeOffset now) => !InventoryAge.Of(TakenAt, now).IsOver(policy);
}
