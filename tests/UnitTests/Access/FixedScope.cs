using Reanchor.Access;

namespace Reanchor.UnitTests.Access;

/// <summary>The same for everybody.</summary>
internal sealed class FixedScope(TenantScope scope) : ITenantScopeSource
{
    public Task<TenantScope> FindScopeAsync(Principal principal, CancellationToken cancellationToken) => Task.FromResult(scope);
}
