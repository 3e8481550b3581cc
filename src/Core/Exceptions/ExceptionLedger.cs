using Reanchor.Auditing;
using Reanchor.Tenants;

namespace Reanchor.Exceptions;

/// <summary>Moves exceptions from state to state and keeps the audit trail in step, whatever crashes in between.</summary>
public sealed class ExceptionLedger(IExceptionStore exceptions, IAuditTrail audit, TimeProvider clock)
{
    /// <summary>A state older than this has told its event: maintenance has come by many times since.</summary>
    private static readonly TimeSpan Unsettled = TimeSpan.FromDays(1);

    /// <returns><see langword="false"/> if the user has an exception already, in force or ended.</returns>
    public async Task<bool> TryAddAsync(ExceptedUser exception, CancellationToken cancellationToken)
    {
        var added = await exceptions.TryAddAsync(exception, cancellationToken);

        if (added)
        {
            await SettleAsync(exception, cancellationToken);
        }

        return added;
    }

    /// <summary>Both states' events are durable when this returns, the earlier one before the change is made.</summary>
    /// <returns>The new version, or <see langword="null"/> if someone else wrote first.</returns>
    public async Task<Versioned<ExceptedUser>?> TryMoveAsync(
        Versioned<ExceptedUser> current, ExceptedUser changed, CancellationToken cancellationToken)
    {
        await SettleAsync(current.Item, cancellationToken);
        var moved = await exceptions.TryUpdateAsync(current, changed, cancellationToken);

        if (moved is not null)
        {
            await SettleAsync(moved.Item, cancellationToken);
        }

        return moved;
    }

    /// <summary>Notes which of a tenant's exceptions have run out, and tells the events that a crash kept from the trail.</summary>
    public async Task MaintainAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        await foreach (var found in exceptions.ListAsync(tenant, cancellationToken))
        {
            if (!found.Item.HasEnded && !found.Item.IsInForce(now))
            {
                await TryMoveAsync(found, found.Item.RunOut(now), cancellationToken);
            }
            else if (now - found.Item.ChangedAt < Unsettled)
            {
                await SettleAsync(found.Item, cancellationToken);
            }
        }
    }

    private Task SettleAsync(ExceptedUser exception, CancellationToken cancellationToken) =>
        audit.AppendAsync(ExceptionTrail.EventOf(exception), cancellationToken);
}
