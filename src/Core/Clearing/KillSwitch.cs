using Microsoft.Extensions.Options;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

/// <summary>Whether all writes are stopped: everywhere, by <c>Reanchor__Paused</c>, or in one tenant.</summary>
public sealed class KillSwitch(IOptionsMonitor<ClearingOptions> options, IBreakerStore breakers)
{
    public async Task<bool> IsOnAsync(TenantId tenant, CancellationToken cancellationToken) =>
        options.CurrentValue.Paused || (await breakers.FindAsync(tenant, cancellationToken)).Item.IsPaused;
}
