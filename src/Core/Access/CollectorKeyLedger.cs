using Reanchor.Auditing;
using Reanchor.Tenants;

namespace Reanchor.Access;

/// <summary>The ledger of collectors' keys.</summary>
public sealed class CollectorKeyLedger(ICollectorKeyStore keys, IAuditTrail audit, TimeProvider clock) : StateLedger<CollectorKeys>(keys, audit)
{
    /// <summary>Tells the events that a crash kept from the trail.</summary>
    public async Task MaintainAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await foreach (var found in keys.ListAsync(tenant, cancellationToken))
        {
            await SettleRecentAsync(found.Item, found.Item.ChangedAt, clock.GetUtcNow(), cancellationToken);
        }
    }

    protected override IEnumerable<AuditEvent> EventsOf(CollectorKeys state) => CollectorKeyTrail.EventsOf(state);
}
