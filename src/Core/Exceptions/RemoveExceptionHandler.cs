using Reanchor.Access;
using Reanchor.Tenants;

namespace Reanchor.Exceptions;

/// <param name="Reason">Not empty.</param>
public sealed record RemoveException(TenantId Tenant, Guid UserId, string Reason, Actor RemovedBy);

public enum RemoveExceptionOutcome
{
    Removed,

    /// <summary>No exception is in force for the user.</summary>
    NotFound,

    /// <summary>Someone else changed the user's exception at this moment.</summary>
    LostRace,
}

public sealed class RemoveExceptionHandler(IExceptionStore exceptions, ExceptionLedger ledger, TimeProvider clock)
{
    public async Task<RemoveExceptionOutcome> HandleAsync(RemoveException command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var found = await exceptions.FindAsync(command.Tenant, command.UserId, cancellationToken);

        if (found?.Item.IsInForce(now) is not true)
        {
            return RemoveExceptionOutcome.NotFound;
        }

        var removal = new ExceptionRemoval(command.RemovedBy, now, command.Reason);
        return await ledger.TryMoveAsync(found, found.Item.Remove(removal), cancellationToken) is null
            ? RemoveExceptionOutcome.LostRace
            : RemoveExceptionOutcome.Removed;
    }
}
