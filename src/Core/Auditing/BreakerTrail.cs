using Reanchor.Access;
using Reanchor.Clearing;

namespace Reanchor.Auditing;

/// <summary>The events that a tenant's breakers call for, always the same ones: see <see cref="ProposalTrail"/>.</summary>
public static class BreakerTrail
{
    public static IEnumerable<AuditEvent> EventsOf(TenantBreakers breakers)
    {
        if (breakers.Pause is { } pause)
        {
            var header = new EventHeader(breakers.Tenant, pause.At, pause.By) { Reason = pause.Reason };
            yield return (breakers.Tenant == TenantBreakers.Everywhere, pause.Paused) switch
            {
                (true, true) => new EverythingStopped(header),
                (true, false) => new StopLifted(header),
                (false, true) => new TenantPaused(header),
                (false, false) => new TenantResumed(header),
            };
        }

        if (breakers is { LimitReachedAt: { } at, WindowEndsAt: { } end })
        {
            yield return new ClearLimitReached(new(breakers.Tenant, at, Actor.System)
            {
                Reason = "The policy's maxClearsPerHour is reached; the other approved clears wait.",
            })
            {
                Clears = breakers.ClearsInWindow,
                WaitsUntil = end,
            };
        }

        if (breakers.Quarantine is { } quarantine)
        {
            yield return new TenantQuarantined(new(breakers.Tenant, quarantine.At, Actor.System)
            {
                Reason = "Too many clears were refused or not verified. Find the cause, then lift the quarantine.",
            })
            {
                Failures = quarantine.Failures,
                Outcomes = quarantine.Outcomes,
                MaxFailurePercent = quarantine.MaxFailurePercent,
            };

            if (quarantine.Lifted is { } lift)
            {
                yield return new QuarantineLifted(new(breakers.Tenant, lift.At, lift.By) { Reason = lift.Reason });
            }
        }
    }
}
