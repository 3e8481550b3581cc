using Reanchor.Tenants;

namespace Reanchor.Auditing;

public sealed record InventoryAccepted(EventHeader Header) : AuditEvent(Header)
{
    public required CollectorId Collector { get; init; }

    public required string Forest { get; init; }

    public required DateTimeOffset TakenAt { get; init; }

    public required int Count { get; init; }

    public required string Version { get; init; }

    protected override string Subject => $"{Collector}|{Version}";
}

/// <summary>Nothing of the upload was kept; the inventory before it stays in force.</summary>
public sealed record InventoryRefused(EventHeader Header) : AuditEvent(Header)
{
    public required CollectorId Collector { get; init; }

    public required IReadOnlyList<string> Problems { get; init; }

    protected override string Subject => Collector.ToString();
}
