using Reanchor.Access;
using Reanchor.Tenants;

namespace Reanchor.Exceptions;

/// <param name="Owner">Not empty.</param>
/// <param name="Reason">Not empty.</param>
/// <param name="ExpiresAt">In the future.</param>
public sealed record SetException(
    TenantId Tenant, Guid UserId, string Owner, string Reason, DateTimeOffset ExpiresAt, Actor SetBy);

public enum SetExceptionOutcome
{
    Set,

    /// <summary>In place of the one that was in force.</summary>
    Replaced,
    TenantNotFound,

    /// <summary>Someone else changed the user's exception at this moment.</summary>
    LostRace,
}

public sealed record SetExceptionResult(SetExceptionOutcome Outcome, ExceptedUser? Exception);

public sealed class SetExceptionHandler(
    ITenantStore tenants, IExceptionStore exceptions, ExceptionLedger ledger, TimeProvider clock)
{
    public async Task<SetExceptionResult> HandleAsync(SetException command, CancellationToken cancellationToken)
    {
        if (await tenants.FindAsync(command.Tenant, cancellationToken) is null)
        {
            return new(SetExceptionOutcome.TenantNotFound, null);
        }

        var now = clock.GetUtcNow();
        var set = new ExceptedUser
        {
            Tenant = command.Tenant,
            UserId = command.UserId,
            Owner = command.Owner,
            Reason = command.Reason,
            ExpiresAt = command.ExpiresAt,
            SetBy = command.SetBy,
            SetAt = now,
        };

        var found = await exceptions.FindAsync(command.Tenant, command.UserId, cancellationToken);
        var replaced = found?.Item.IsInForce(now) is true;

        if (found is { Item.HasEnded: false } && !replaced)
        {
            // Its end goes on record before it is overwritten; maintenance has not come by yet.
            found = await ledger.TryMoveAsync(found, found.Item.RunOut(now), cancellationToken);

            if (found is null)
            {
                return new(SetExceptionOutcome.LostRace, null);
            }
        }

        var written = found is null
            ? await ledger.TryAddAsync(set, cancellationToken)
            : await ledger.TryMoveAsync(found, set, cancellationToken) is not null;

        return !written ? new(SetExceptionOutcome.LostRace, null)
            : new(replaced ? SetExceptionOutcome.Replaced : SetExceptionOutcome.Set, set);
    }
}
