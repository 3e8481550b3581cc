using Reanchor.Tenants;

namespace Reanchor.Access;

/// <param name="Reason">Not empty.</param>
public sealed record RevokeCollectorKeys(TenantId Tenant, CollectorId Collector, string Reason, Actor RevokedBy);

public enum RevokeCollectorKeysOutcome
{
    Revoked,

    /// <summary>The collector has no key.</summary>
    NotFound,

    /// <summary>Someone else changed the collector's keys at this moment.</summary>
    LostRace,
}

/// <summary>Also for a collector that the tenant no longer expects.</summary>
public sealed class RevokeCollectorKeysHandler(ICollectorKeyStore keys, CollectorKeyLedger ledger, TimeProvider clock)
{
    public async Task<RevokeCollectorKeysOutcome> HandleAsync(RevokeCollectorKeys command, CancellationToken cancellationToken)
    {
        var found = await keys.FindAsync(command.Tenant, command.Collector, cancellationToken);

        if (found?.Item.Current is null)
        {
            return RevokeCollectorKeysOutcome.NotFound;
        }

        var revoked = found.Item.Revoke(new(command.RevokedBy, clock.GetUtcNow(), command.Reason));
        return await ledger.TryMoveAsync(found, revoked, cancellationToken) is null
            ? RevokeCollectorKeysOutcome.LostRace
            : RevokeCollectorKeysOutcome.Revoked;
    }
}
