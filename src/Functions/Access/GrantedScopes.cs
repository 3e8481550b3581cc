using Microsoft.Extensions.Options;
using Reanchor.Access;

namespace Reanchor.Functions.Access;

/// <summary>
/// What administrators have granted, read anew for each request: what is taken back is gone at once. The first administrators, whom
/// the settings name, may touch every tenant; there would be nobody to grant anything else.
/// </summary>
public sealed class GrantedScopes(IAccessStore grants, IOptions<AccessOptions> access) : ITenantScopeSource
{
    public async Task<TenantScope> FindScopeAsync(Principal principal, CancellationToken cancellationToken)
    {
        if (IsFirstAdministrator(principal))
        {
            return TenantScope.All;
        }

        var scopes = await grants.ListAsync(cancellationToken)
            .Where(found => found.Item.CoversTokenOf(principal))
            .Select(found => found.Item.Scope)
            .ToListAsync(cancellationToken);

        return scopes.Any(scope => scope.IsAll) ? TenantScope.All : TenantScope.Of(scopes.SelectMany(scope => scope.Tenants));
    }

    private bool IsFirstAdministrator(Principal principal) =>
        principal.Actor.Kind is ActorKind.Person
        && principal.Directory == access.Value.Directory
        && access.Value.FirstAdministratorIds.Any(id => id.ToString("D") == principal.Actor.Id);
}
