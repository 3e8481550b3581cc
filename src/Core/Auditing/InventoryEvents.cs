using Reanchor.Tenants;

namespace Reanchor.Auditing;

public sealed record InventoryAccepted(EventHeader Header) : AuditEvent(Header)
{
    public required CollectorId Collector { get; init; }

    public required string Forest { get; init; }

    public required DateTimeOffset TakenAt { get; init; }

    public required int Count { get; init; }

    /// <summary><see langword="null"/> when the inventory does not say.</summary>
    public bool? DeletedRead { get; init; }

    public required string Version { get; init; }

    protected override string Subject => $"{Collector}|{Version}";
}

/// <summary>The file was not kept; the inventory before it stays in force.</summary>
public sealed record InventoryRefused(EventHeader Header) : AuditEvent(Header)
{
    public required CollectorId Collector { get; init; }

    public required IReadOnlyList<string> Problems { get; init; }

    protected override string Subject => Collector.ToString();
}

/// <summary>A collector ran the sync that was wanted, or tried to.</summary>
public sealed record SyncReported(EventHeader Header) : AuditEvent(Header)
{
    public required CollectorId Collector { get; init; }

    public required bool Synced { get; init; }

    /// <summary>What the sync command said.</summary>
    public required string? Detail { get; init; }

    protected override string Subject => Collector.ToString();
}
