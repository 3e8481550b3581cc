using Reanchor.Tenants;

namespace Reanchor.Syncing;

/// <summary>What one collector was asked, and has answered, about running the directory sync.</summary>
public sealed record CollectorSync
{
    public required TenantId Tenant { get; init; }

    public required CollectorId Collector { get; init; }

    private static readonly TimeSpan[] BackOff =
        [TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(20), TimeSpan.FromMinutes(30)];

    /// <summary>When it was first told that a sync is wanted, and has not reported since.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>A sync that was asked for then, or later, has run: clears up to here are not asked for again.</summary>
    public DateTimeOffset? CoveredUntil { get; init; }

    public DateTimeOffset? ReportedAt { get; init; }

    public bool? Synced { get; init; }

    public string? Detail { get; init; }

    /// <summary>Syncs that failed since the last one that ran.</summary>
    public int Failures { get; init; }

    public bool Covers(DateTimeOffset clearedAt) => clearedAt <= CoveredUntil;

    /// <summary>Whether a sync failed so lately that it is not asked for again yet.</summary>
    public bool IsHeldBack(DateTimeOffset now) => Failures > 0 && now < ReportedAt + BackOff[Math.Min(Failures, BackOff.Length) - 1];

    public CollectorSync Ask(DateTimeOffset now) => this with { AskedAt = AskedAt ?? now };

    /// <summary>
    /// A clear made while the sync was running may have come too late for it, so only what was asked for is covered. One that failed,
    /// or that nobody asked for, covers nothing: the report may be an earlier one, sent again.
    /// </summary>
    public CollectorSync Report(bool synced, string? detail, DateTimeOffset now) => this with
    {
        CoveredUntil = synced && AskedAt is not null ? AskedAt : CoveredUntil,
        AskedAt = null,
        ReportedAt = now,
        Synced = synced,
        Detail = detail,
        Failures = synced ? 0 : Failures + 1,
    };
}
