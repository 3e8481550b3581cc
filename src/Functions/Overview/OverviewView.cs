using Reanchor.Clearing;
using Reanchor.Functions.Inventories;
using Reanchor.Functions.Scanning;
using Reanchor.Functions.Stopping;
using Reanchor.Overview;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Functions.Overview;

/// <summary>The tenants in the caller's scope, by name, and whether everything is stopped.</summary>
public sealed record OverviewView(StopView Stop, IReadOnlyList<TenantOverviewView> Items);

/// <summary>One tenant at a glance. A part that could not be read is <see langword="null"/> and named in <paramref name="NotRead"/>.</summary>
/// <param name="Pause">Who stopped all writes to it, when and why; <see langword="null"/> when nobody did.</param>
/// <param name="Quarantine">Why its clears are stopped; <see langword="null"/> when they are not.</param>
/// <param name="Inventories">One for each expected collector, with no more than the latest refusal, if nothing was accepted since.</param>
/// <param name="LastScan"><see langword="null"/> for a tenant that was never scanned.</param>
/// <param name="ProposalsWaiting">How many wait for a decision.</param>
/// <param name="OldestProposedAt">When the oldest of them was made; <see langword="null"/> when there is none.</param>
/// <param name="PoisonItems">Given-up messages that wait for somebody.</param>
/// <param name="TrailCheck"><see langword="null"/> for a trail that was never verified.</param>
/// <param name="NotRead">What could not be read. Of such a part <see langword="null"/> does not mean that there is none.</param>
public sealed record TenantOverviewView(
    TenantId TenantId,
    string DisplayName,
    TenantMode Mode,
    bool Enabled,
    PauseSwitch? Pause,
    Quarantine? Quarantine,
    IReadOnlyList<InventoryView>? Inventories,
    ScanView? LastScan,
    int? ProposalsWaiting,
    DateTimeOffset? OldestProposedAt,
    int? PoisonItems,
    TrailCheckView? TrailCheck,
    IReadOnlyList<UnreadPartView> NotRead)
{
    public static TenantOverviewView Of(TenantOverview overview, DateTimeOffset now)
    {
        var breakers = ValueOf(overview.Breakers);
        var waiting = ValueOf(overview.Waiting);
        (OverviewPart Name, IReading Reading)[] parts =
        [
            (OverviewPart.Brakes, overview.Breakers),
            (OverviewPart.Inventories, overview.Inventories),
            (OverviewPart.LastScan, overview.LastScan),
            (OverviewPart.Proposals, overview.Waiting),
            (OverviewPart.PoisonItems, overview.Poison),
            (OverviewPart.TrailCheck, overview.TrailCheck),
        ];

        return new(
            overview.Tenant.Id,
            overview.Tenant.DisplayName,
            overview.Tenant.Mode,
            overview.Tenant.Enabled,
            breakers is { IsPaused: true } ? breakers.Pause : null,
            breakers is { IsQuarantined: true } ? breakers.Quarantine : null,
            ValueOf(overview.Inventories) is { } inventories
                ? [.. inventories.Select(i => InventoryView.Of(i.Collector, i.Record, i.Refused is null ? [] : [i.Refused], overview.Tenant.Policy, now))]
                : null,
            ValueOf(overview.LastScan) is { } scan ? ScanView.Of(scan) : null,
            waiting?.Count,
            waiting?.OldestAt,
            overview.Poison.IsKnown ? overview.Poison.Value : null,
            ValueOf(overview.TrailCheck) is { } check ? new(check.At, check.Intact, check.Events, check.FaultCount) : null,
            [.. parts.Where(part => !part.Reading.IsKnown).Select(part => new UnreadPartView(part.Name, part.Reading.UnknownBecause!))]);
    }

    private static T? ValueOf<T>(Reading<T> reading)
        where T : class? => reading.IsKnown ? reading.Value : null;
}

/// <summary>The last verification of a tenant's audit trail.</summary>
public sealed record TrailCheckView(DateTimeOffset At, bool Intact, int Events, int FaultCount);

/// <param name="Because">A sentence for a person.</param>
public sealed record UnreadPartView(OverviewPart Part, string Because);
