using Reanchor.Auditing;
using Reanchor.Tenants;

namespace Reanchor.Access;

/// <summary>Moves collectors' keys from state to state and keeps the audit trail in step, whatever crashes in between.</summary>
public sealed class CollectorKeyLedger(ICollectorKeyStore keys, IAuditTrail audit, TimeProvider clock)
{
    /// <summary>A state older than this has told its events: maintenance has come by many times since.</summary>
    private static readonly TimeSpan Unsettled = TimeSpan.FromDays(1);

    /// <returns><see langword="false"/> if the collector has keys already.</returns>
    public async Task<bool> TryAddAsync(CollectorKeys added, CancellationToken cancellationToken)
    {
        var isAdded = await keys.TryAddAsync(added, cancellationToken);

        if (isAdded)
        {
            await SettleAsync(added, cancellationToken);
        }

        return isAdded;
    }

    /// <summary>Both states' events are durable when this returns, the earlier ones before the change is made.</summary>
    /// <returns><see langword="false"/> if someone else wrote first.</returns>
    public async Task<bool> TryMoveAsync(Versioned<CollectorKeys> current, CollectorKeys changed, CancellationToken cancellationToken)
    {
        await SettleAsync(current.Item, cancellationToken);

        if (await keys.TryUpdateAsync(current, changed, cancellationToken) is null)
        {
            return false;
        }

        await SettleAsync(changed, cancellationToken);
        return true;
    }

    /// <summary>Tells the events that a crash kept from the trail.</summary>
    public async Task MaintainAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        await foreach (var found in keys.ListAsync(tenant, cancellationToken))
        {
            if (clock.GetUtcNow() - found.Item.ChangedAt < Unsettled)
            {
                await SettleAsync(found.Item, cancellationToken);
            }
        }
    }

    private async Task SettleAsync(CollectorKeys settled, CancellationToken cancellationToken)
    {
        foreach (var told in CollectorKeyTrail.EventsOf(settled))
        {
            await audit.AppendAsync(told, cancellationToken);
        }
    }
}
