using Reanchor.Auditing;

namespace Reanchor.Access;

/// <summary>The ledger of grants of access.</summary>
public sealed class AccessLedger(IAccessStore grants, IAuditTrail audit, TimeProvider clock) : StateLedger<AccessGrant>(grants, audit)
{
    /// <summary>Tells the events that a crash kept from the trail.</summary>
    public async Task MaintainAsync(CancellationToken cancellationToken)
    {
        await foreach (var found in grants.ListAsync(cancellationToken))
        {
            await SettleRecentAsync(found.Item, found.Item.ChangedAt, clock.GetUtcNow(), cancellationToken);
        }
    }

    protected override IEnumerable<AuditEvent> EventsOf(AccessGrant state) => [AccessTrail.EventOf(state)];
}
