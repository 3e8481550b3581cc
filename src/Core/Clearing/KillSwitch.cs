using Microsoft.Extensions.Options;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

/// <summary>Whether all writes are stopped: everywhere, by <c>Reanchor__Paused</c> or by a person, or in one tenant.</summary>
public sealed class KillSwitch(IOptionsMonitor<ClearingOptions> options, IBreakerStore breakers)
{
    public async Task<bool> IsOnAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await IsOnAsync((await breakers.FindAsync(tenant, cancellationToken)).Item, cancellationToken);

    /// <param name="own">The tenant's breakers, just read.</param>
    public async Task<bool> IsOnAsync(TenantBreakers own, CancellationToken cancellationToken) =>
        own.IsPaused || await IsOnEverywhereAsync(cancellationToken);

    private async Task<bool> IsOnEverywhereAsync(CancellationToken cancellationToken) =>
        options.CurrentValue.Paused || (await breakers.FindAsync(TenantBreakers.Everywhere, cancellationToken)).Item.IsPaused;
}
