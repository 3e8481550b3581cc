namespace Reanchor.Access;

/// <summary>Knows which tenants a signed-in caller may touch, where the token does not say so itself.</summary>
public interface ITenantScopeSource
{
    /// <returns><see cref="TenantScope.None"/> for a caller it does not know.</returns>
    Task<TenantScope> FindScopeAsync(Principal principal, CancellationToken cancellationToken);
}
