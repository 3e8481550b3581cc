using Reanchor.Tenants;

namespace Reanchor.Syncing;

/// <summary>What one collector was asked, and has answered, about running the directory sync.</summary>
public sealed record CollectorSync
{
    public required TenantId Tenant { get; init; }

    public required CollectorId Collector { get; init; }

    /// <summary>When it was last told that a sync is wanted.</summary>
    public DateTimeOffset? AskedAt { get; init; }

    /// <summary>Clears up to here are not asked for again.</summary>
    public DateTimeOffset? CoveredUntil { get; init; }

    public DateTimeOffset? ReportedAt { get; init; }

    public bool? Synced { get; init; }

    public string? Detail { get; init; }

    public bool Covers(DateTimeOffset clearedAt) => clearedAt <= CoveredUntil;

    public CollectorSync Ask(DateTimeOffset now) => this with { AskedAt = now };

    /// <summary>A clear made while the sync was running may have come too late for it, so only what was asked for is covered.</summary>
    public CollectorSync Report(bool synced, string? detail, DateTimeOffset now) =>
        this with { CoveredUntil = AskedAt ?? now, AskedAt = null, ReportedAt = now, Synced = synced, Detail = detail };
}
