using Reanchor.Access;

namespace Reanchor.Auditing;

/// <summary>The events that the state of a collector's keys calls for; see <see cref="ProposalTrail"/>.</summary>
public static class CollectorKeyTrail
{
    public static IEnumerable<AuditEvent> EventsOf(CollectorKeys keys)
    {
        if (keys.Current is { } current)
        {
            yield return new CollectorKeyIssued(new(keys.Tenant, current.IssuedAt, current.IssuedBy))
            {
                Collector = keys.Collector,
                PreviousUntil = current.PreviousUntil,
            };

            if (current.FirstUsedAt is { } usedAt)
            {
                yield return new CollectorKeyTakenUp(new(keys.Tenant, usedAt, Actor.OfCollector(keys.Tenant, keys.Collector)))
                {
                    Collector = keys.Collector,
                };
            }
        }

        if (keys.Revocation is { } revocation)
        {
            yield return new CollectorKeysRevoked(
                new(keys.Tenant, revocation.RevokedAt, revocation.RevokedBy) { Reason = revocation.Reason })
            {
                Collector = keys.Collector,
            };
        }
    }
}
