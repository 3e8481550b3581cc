namespace Reanchor.Functions.Overview;

/// <summary>What is read of each tenant, part by part.</summary>
public enum OverviewPart
{
    /// <summary>Pause and quarantine.</summary>
    Brakes,
    Inventories,
    LastScan,
    Proposals,
    PoisonItems,
    TrailCheck,
}
