using Reanchor.Access;
using Reanchor.Auditing;

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
public sealed class RemoveTenantHandler(ITenantStore tenants, IAuditTrail audit, TimeProvider clock)
{
    public async Task<RemoveTenantOutcome> HandleAsync(RemoveTenant command, CancellationToken cancellationToken)
    {
        var found = await tenants.FindAsync(command.Tenant, cancellationToken);

        if (found is null)
        {
            return RemoveTenantOutcome.NotFound;
        }

        if (!await tenants.TryRemoveAsync(found, cancellationToken))
        {
            return RemoveTenantOutcome.LostRace;
        }

        var header = new EventHeader(command.Tenant, clock.GetUtcNow(), command.RequestedBy);
        await audit.AppendAsync(new TenantRemoved(header) { Settings = found.Item }, cancellationToken);
        return RemoveTenantOutcome.Removed;
    }
}
