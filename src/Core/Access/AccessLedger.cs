using Reanchor.Auditing;

namespace Reanchor.Access;

/// <summary>Moves grants from state to state and keeps the audit trail in step, whatever crashes in between.</summary>
public sealed class AccessLedger(IAccessStore grants, IAuditTrail audit, TimeProvider clock)
{
    /// <summary>A state older than this has told its event: maintenance has come by many times since.</summary>
    private static readonly TimeSpan Unsettled = TimeSpan.FromDays(1);

    /// <returns><see langword="false"/> if the principal has a grant already, in force or taken back.</returns>
    public async Task<bool> TryAddAsync(AccessGrant grant, CancellationToken cancellationToken)
    {
        var added = await grants.TryAddAsync(grant, cancellationToken);

        if (added)
        {
            await SettleAsync(grant, cancellationToken);
        }

        return added;
    }

    /// <summary>Both states' events are durable when this returns, the earlier one before the change is made.</summary>
    /// <returns><see langword="false"/> if someone else wrote first.</returns>
    public async Task<bool> TryMoveAsync(Versioned<AccessGrant> current, AccessGrant changed, CancellationToken cancellationToken)
    {
        await SettleAsync(current.Item, cancellationToken);

        if (await grants.TryUpdateAsync(current, changed, cancellationToken) is null)
        {
            return false;
        }

        await SettleAsync(changed, cancellationToken);
        return true;
    }

    /// <summary>Tells the events that a crash kept from the trail.</summary>
    public async Task MaintainAsync(CancellationToken cancellationToken)
    {
        await foreach (var found in grants.ListAsync(cancellationToken))
        {
            if (clock.GetUtcNow() - found.Item.ChangedAt < Unsettled)
            {
                await SettleAsync(found.Item, cancellationToken);
            }
        }
    }

    private Task SettleAsync(AccessGrant grant, CancellationToken cancellationToken) =>
        audit.AppendAsync(AccessTrail.EventOf(grant), cancellationToken);
}
