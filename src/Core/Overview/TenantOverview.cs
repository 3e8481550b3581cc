using Reanchor.Clearing;
using Reanchor.Inventories;
using Reanchor.Scanning;
using Reanchor.Sealing;
using Reanchor.Tenants;

namespace Reanchor.Overview;

/// <summary>One tenant at a glance. A part that could not be read says so; the others stand.</summary>
public sealed record TenantOverview
{
    public required Tenant Tenant { get; init; }

    public required Reading<TenantBreakers> Breakers { get; init; }

    /// <summary>One for each collector that the tenant expects.</summary>
    public required Reading<IReadOnlyList<CollectorInventory>> Inventories { get; init; }

    /// <summary><see langword="null"/> for a tenant that was never scanned.</summary>
    public required Reading<Scan?> LastScan { get; init; }

    public required Reading<WaitingProposals> Waiting { get; init; }

    /// <summary>Given-up messages that wait for somebody.</summary>
    public required Reading<int> Poison { get; init; }

    /// <summary><see langword="null"/> for a trail that was never verified.</summary>
    public required Reading<TrailCheck?> TrailCheck { get; init; }
}

/// <param name="Record">The inventory in force; <see langword="null"/> while there is none.</param>
/// <param name="Refused">The latest upload that was turned away; <see langword="null"/> when there is none, or one was accepted since.</param>
public sealed record CollectorInventory(CollectorId Collector, InventoryRecord? Record, RefusedInventory? Refused);

/// <summary>Proposals that a decision is waited for.</summary>
/// <param name="OldestAt">When the oldest of them was made; <see langword="null"/> when there is none.</param>
public sealed record WaitingProposals(int Count, DateTimeOffset? OldestAt);
