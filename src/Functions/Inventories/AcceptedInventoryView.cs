using Reanchor.Tenants;

namespace Reanchor.Functions.Inventories;

/// <summary>An upload that came into force.</summary>
public sealed record AcceptedInventoryView(
    CollectorId Collector, string Forest, DateTimeOffset TakenAt, int Count, string Version, double AgeHours);
