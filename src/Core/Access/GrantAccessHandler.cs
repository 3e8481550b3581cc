using Reanchor.Tenants;

namespace Reanchor.Access;

/// <param name="AllTenants">Every tenant, also those registered later; then <paramref name="Tenants"/> is empty.</param>
/// <param name="Reason">Not empty.</param>
public sealed record GrantAccess(
    Guid PrincipalId, PrincipalKind Kind, Guid Directory, bool AllTenants, IReadOnlyList<TenantId> Tenants, string Reason, Actor GrantedBy);

public enum GrantAccessOutcome
{
    Granted,

    /// <summary>In place of the grant that was in force.</summary>
    Replaced,

    /// <summary>Nobody changes their own.</summary>
    OwnAccess,

    /// <summary>Someone else changed the grant at this moment.</summary>
    LostRace,
}

public sealed class GrantAccessHandler(IAccessStore grants, AccessLedger ledger, TimeProvider clock)
{
    public async Task<(GrantAccessOutcome Outcome, AccessGrant? Grant)> HandleAsync(GrantAccess command, CancellationToken cancellationToken)
    {
        if (command.PrincipalId.ToString("D") == command.GrantedBy.Id)
        {
            return (GrantAccessOutcome.OwnAccess, null);
        }

        var grant = new AccessGrant
        {
            PrincipalId = command.PrincipalId,
            Kind = command.Kind,
            Directory = command.Directory,
            AllTenants = command.AllTenants,
            Tenants = command.Tenants,
            Reason = command.Reason,
            GrantedBy = command.GrantedBy,
            GrantedAt = clock.GetUtcNow(),
        };

        var found = await grants.FindAsync(command.PrincipalId, cancellationToken);
        var written = found is null
            ? await ledger.TryAddAsync(grant, cancellationToken)
            : await ledger.TryMoveAsync(found, grant, cancellationToken) is not null;

        return !written ? (GrantAccessOutcome.LostRace, null)
            : found?.Item.IsInForce is true ? (GrantAccessOutcome.Replaced, grant)
            : (GrantAccessOutcome.Granted, grant);
    }
}
