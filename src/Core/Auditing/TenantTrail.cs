using Reanchor.Tenants;

namespace Reanchor.Auditing;

/// <summary>The event that a tenant's last change calls for; see <see cref="ProposalTrail"/>.</summary>
public static class TenantTrail
{
    /// <returns><see langword="null"/> for a tenant that was stored before changes were kept; its event was told then.</returns>
    public static AuditEvent? EventOf(Tenant tenant)
    {
        if (tenant.Change is not { } change)
        {
            return null;
        }

        var header = new EventHeader(tenant.Id, change.At, change.By);
        var settings = tenant with { Change = null };

        return change switch
        {
            { IsRemoval: true } => new TenantRemoved(header) { Settings = settings },
            { Before: { } before } => new TenantChanged(header) { Before = before, After = settings },
            _ => new TenantRegistered(header) { Settings = settings },
        };
    }
}
