using Reanchor.Tenants;

namespace Reanchor.Access;

/// <summary>Lets a collector in by its key.</summary>
public sealed class CheckCollectorKeyHandler(ITenantStore tenants, ICollectorKeyStore keys, CollectorKeyLedger ledger, TimeProvider clock)
{
    /// <returns><see langword="null"/> when the key is not, or no longer, the collector's.</returns>
    public async Task<Caller?> HandleAsync(CollectorKey key, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await keys.FindAsync(key.Tenant, key.Collector, cancellationToken);

        // A key outlives neither its tenant nor its collector's place in it.
        if (found?.Item.Takes(key, now) is not true || !await tenants.ExpectsAsync(key.Tenant, key.Collector, cancellationToken))
        {
            return null;
        }

        var used = found.Item.Use(key, now);

        if (used != found.Item)
        {
            // Lost to another request of the same collector's, which notes the same; or to an administrator, whose word counts from the next one on.
            await ledger.TryMoveAsync(found, used, cancellationToken);
        }

        return new()
        {
            Actor = Actor.OfCollector(key.Tenant, key.Collector),
            Roles = new HashSet<Role> { Role.Upload },
            Scope = TenantScope.Of(key.Tenant),
            Collector = key.Collector,
        };
    }
}
