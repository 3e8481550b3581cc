using Reanchor.Access;

namespace Reanchor.Auditing;

/// <summary>The event that a grant's state calls for; see <see cref="ProposalTrail"/>. It belongs to no single tenant.</summary>
public static class AccessTrail
{
    public static AuditEvent EventOf(AccessGrant grant) => grant.Removal is { } removal
        ? new AccessRemoved(new(default, removal.RemovedAt, removal.RemovedBy) { Reason = removal.Reason })
        {
            PrincipalId = grant.PrincipalId,
            Kind = grant.Kind,
            Directory = grant.Directory,
        }
        : new AccessGranted(new(default, grant.GrantedAt, grant.GrantedBy) { Reason = grant.Reason })
        {
            PrincipalId = grant.PrincipalId,
            Kind = grant.Kind,
            Directory = grant.Directory,
            AllTenants = grant.AllTenants,
            Tenants = grant.Tenants,
        };
}
