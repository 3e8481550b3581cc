using System.Text.Json.Serialization;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

/// <summary>What holds writes to one tenant back, or to all of them, and the counts that it is decided on. A step returns the next state.</summary>
public sealed record TenantBreakers
{
    /// <summary>The failure ratio is one of the latest outcomes.</summary>
    public const int OutcomesKept = 20;

    /// <summary>Fewer outcomes say nothing.</summary>
    public const int OutcomesNeeded = 5;

    public static readonly TimeSpan Window = TimeSpan.FromHours(1);

    /// <summary>The id under which a stop of all writes is kept: it names no tenant.</summary>
    public static TenantId Everywhere => default;

    [JsonConverter(typeof(TenantOrNoneConverter))]
    public required TenantId Tenant { get; init; }

    /// <summary>The kill switch as it was thrown last; <see langword="null"/>: never.</summary>
    public PauseSwitch? Pause { get; init; }

    /// <summary>The latest quarantine, lifted or not; <see langword="null"/>: never.</summary>
    public Quarantine? Quarantine { get; init; }

    /// <summary>When the hour began in which clears are being counted: with the first clear after the hour before was over.</summary>
    public DateTimeOffset? WindowFrom { get; init; }

    public int ClearsInWindow { get; init; }

    /// <summary>When a clear was first held back in this hour.</summary>
    public DateTimeOffset? LimitReachedAt { get; init; }

    /// <summary>How the latest clears ended, oldest first: <see langword="true"/> for a verified match.</summary>
    public IReadOnlyList<bool> Outcomes { get; init; } = [];

    [JsonIgnore]
    public bool IsPaused => Pause is { Paused: true };

    [JsonIgnore]
    public bool IsQuarantined => Quarantine is { Lifted: null };

    [JsonIgnore]
    public DateTimeOffset? WindowEndsAt => WindowFrom + Window;

    public TenantBreakers Switch(PauseSwitch pause) => this with { Pause = pause };

    /// <returns><see langword="null"/> when the tenant has had its clears of this hour.</returns>
    public TenantBreakers? CountClear(TenantPolicy policy, DateTimeOffset now) =>
        !(now < WindowEndsAt) ? this with { WindowFrom = now, ClearsInWindow = 1, LimitReachedAt = null }
        : ClearsInWindow < policy.MaxClearsPerHour ? this with { ClearsInWindow = ClearsInWindow + 1 }
        : null;

    /// <summary>Notes that a clear was held back, once an hour.</summary>
    public TenantBreakers ReachLimit(DateTimeOffset now) => this with { LimitReachedAt = LimitReachedAt ?? now };

    /// <summary>Counts the end of a clear, and quarantines the tenant when too many were bad.</summary>
    public TenantBreakers CountOutcome(bool good, TenantPolicy policy, DateTimeOffset now)
    {
        IReadOnlyList<bool> outcomes = [.. Outcomes.Append(good).TakeLast(OutcomesKept)];
        var failures = outcomes.Count(o => !o);
        var trips = !IsQuarantined
            && outcomes.Count >= OutcomesNeeded
            && failures * 100 > policy.MaxFailurePercent * outcomes.Count;

        return this with
        {
            Outcomes = outcomes,
            Quarantine = trips ? new(now, failures, outcomes.Count, policy.MaxFailurePercent) : Quarantine,
        };
    }

    /// <summary>Counting starts anew: what was looked into does not trip it again.</summary>
    public TenantBreakers LiftQuarantine(QuarantineLift lift) => IsQuarantined
        ? this with { Quarantine = Quarantine! with { Lifted = lift }, Outcomes = [] }
        : throw new InvalidOperationException($"Tenant {Tenant} is not quarantined.");
}
