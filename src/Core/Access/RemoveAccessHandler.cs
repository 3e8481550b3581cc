namespace Reanchor.Access;

/// <param name="Reason">Not empty.</param>
public sealed record RemoveAccess(Guid PrincipalId, string Reason, Actor RemovedBy);

public enum RemoveAccessOutcome
{
    Removed,

    /// <summary>The principal has no grant in force.</summary>
    NotFound,

    /// <summary>Nobody changes their own.</summary>
    OwnAccess,

    /// <summary>Someone else changed the grant at this moment.</summary>
    LostRace,
}

public sealed class RemoveAccessHandler(IAccessStore grants, AccessLedger ledger, TimeProvider clock)
{
    public async Task<RemoveAccessOutcome> HandleAsync(RemoveAccess command, CancellationToken cancellationToken)
    {
        if (command.PrincipalId.ToString("D") == command.RemovedBy.Id)
        {
            return RemoveAccessOutcome.OwnAccess;
        }

        var found = await grants.FindAsync(command.PrincipalId, cancellationToken);

        if (found?.Item.IsInForce is not true)
        {
            return RemoveAccessOutcome.NotFound;
        }

        var removal = new AccessRemoval(command.RemovedBy, clock.GetUtcNow(), command.Reason);
        return await ledger.TryMoveAsync(found, found.Item.Remove(removal), cancellationToken) is null
            ? RemoveAccessOutcome.LostRace
            : RemoveAccessOutcome.Removed;
    }
}
