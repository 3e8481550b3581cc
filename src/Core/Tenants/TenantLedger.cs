using Reanchor.Auditing;

namespace Reanchor.Tenants;

/// <summary>The ledger of tenants.</summary>
public sealed class TenantLedger(ITenantStore tenants, IAuditTrail audit, TimeProvider clock) : StateLedger<Tenant>(tenants, audit)
{
    /// <summary>Tells the event that a crash kept from the trail.</summary>
    public Task MaintainAsync(Tenant tenant, CancellationToken cancellationToken) =>
        SettleRecentAsync(tenant, tenant.Change?.At, clock.GetUtcNow(), cancellationToken);

    protected override IEnumerable<AuditEvent> EventsOf(Tenant state) => TenantTrail.EventOf(state) is { } told ? [told] : [];
}
