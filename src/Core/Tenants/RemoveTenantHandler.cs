using Reanchor.Access;

namespace Reanchor.Tenants;

public sealed record RemoveTenant(TenantId Tenant, Actor RequestedBy);

public enum RemoveTenantOutcome
{
    Removed,
    NotFound,

    /// <summary>Someone else changed the tenant at this moment.</summary>
    LostRace,
}

/// <summary>Takes a tenant off the list. Its proposals and its audit trail stay; approvals not yet applied are superseded.</summary>
public sealed class RemoveTenantHandler(ITenantStore tenants, TenantLedger ledger, TimeProvider clock)
{
    public async Task<RemoveTenantOutcome> HandleAsync(RemoveTenant command, CancellationToken cancellationToken)
    {
        var found = await tenants.FindAsync(command.Tenant, cancellationToken);

        return found is null ? RemoveTenantOutcome.NotFound
            : await ledger.TryMoveAsync(found, found.Item.Remove(command.RequestedBy, clock.GetUtcNow()), cancellationToken) is null
                ? RemoveTenantOutcome.LostRace
            : RemoveTenantOutcome.Removed;
    }
}
