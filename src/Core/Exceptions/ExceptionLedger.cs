using Reanchor.Auditing;
using Reanchor.Tenants;

namespace Reanchor.Exceptions;

/// <summary>The ledger of exceptions.</summary>
public sealed class ExceptionLedger(IExceptionStore exceptions, IAuditTrail audit, TimeProvider clock)
    : StateLedger<ExceptedUser>(exceptions, audit)
{
    /// <summary>Notes which of a tenant's exceptions have run out, and tells the events that a crash kept from the trail.</summary>
    public async Task MaintainAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        await foreach (var found in exceptions.ListAsync(tenant, cancellationToken))
        {
            if (!found.Item.HasEnded && !found.Item.IsInForce(now))
            {
                await TryMoveAsync(found, found.Item.RunOut(now), cancellationToken);
            }
            else
            {
                await SettleRecentAsync(found.Item, found.Item.ChangedAt, now, cancellationToken);
            }
        }
    }

    protected override IEnumerable<AuditEvent> EventsOf(ExceptedUser state) => [ExceptionTrail.EventOf(state)];
}
