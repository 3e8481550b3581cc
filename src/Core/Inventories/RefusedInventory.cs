using Reanchor.Tenants;

namespace Reanchor.Inventories;

/// <summary>An upload that was turned away: why, and what is known of it. The file is not kept.</summary>
public sealed record RefusedInventory
{
    public required TenantId Tenant { get; init; }

    public required CollectorId Collector { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required string UploadedBy { get; init; }

    /// <summary><see langword="null"/>, as <see cref="TakenAt"/>, when its header could not be read.</summary>
    public string? Forest { get; init; }

    public DateTimeOffset? TakenAt { get; init; }

    /// <summary>Accounts listed; <see langword="null"/> when it could not be read to its end.</summary>
    public int? Count { get; init; }

    /// <summary>Every rule that it broke.</summary>
    public required IReadOnlyList<string> Problems { get; init; }
}
