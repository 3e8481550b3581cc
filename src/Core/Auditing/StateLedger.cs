namespace Reanchor.Auditing;

/// <summary>
/// Moves things from state to state and keeps the audit trail in step, whatever crashes in between: the events of a state can be told from
/// the state alone, so whoever comes next tells those that are missing.
/// </summary>
public abstract class StateLedger<T>(IStateStore<T> states, IAuditTrail audit)
{
    /// <summary>A state older than this has told its events: maintenance has come by many times since.</summary>
    private static readonly TimeSpan Unsettled = TimeSpan.FromDays(1);

    /// <returns><see langword="false"/> if there is a state already; its events may not be on record yet.</returns>
    public async Task<bool> TryAddAsync(T added, CancellationToken cancellationToken)
    {
        var isAdded = await states.TryAddAsync(added, cancellationToken);

        if (isAdded)
        {
            await SettleAsync(added, cancellationToken);
        }

        return isAdded;
    }

    /// <summary>Both states' events are durable when this returns, the earlier ones before the change is made.</summary>
    /// <returns>The new version, or <see langword="null"/> if someone else wrote first.</returns>
    public async Task<Versioned<T>?> TryMoveAsync(Versioned<T> current, T changed, CancellationToken cancellationToken)
    {
        await SettleAsync(current.Item, cancellationToken);
        var moved = await states.TryUpdateAsync(current, changed, cancellationToken);

        if (moved is not null)
        {
            Announce(current.Item, moved.Item);
            await SettleAsync(moved.Item, cancellationToken);
        }

        return moved;
    }

    /// <summary>As soon as a change is stored, and before the trail is told: what people must hear even if the trail does not answer.</summary>
    public virtual void Announce(T before, T after)
    {
    }

    /// <summary>Finishes what a crash may have interrupted: the events of the state that is stored, if there is one.</summary>
    public async Task SettleAsync(T? state, CancellationToken cancellationToken)
    {
        foreach (var told in state is null ? [] : EventsOf(state))
        {
            await audit.AppendAsync(told, cancellationToken);
        }
    }

    /// <summary>All that the state has to tell, in order; the same events whenever it is asked.</summary>
    protected abstract IEnumerable<AuditEvent> EventsOf(T state);

    /// <summary>Tells the events of a state that is young enough to have lost them to a crash.</summary>
    protected Task SettleRecentAsync(T state, DateTimeOffset? changedAt, DateTimeOffset now, CancellationToken cancellationToken) =>
        now - changedAt < Unsettled ? SettleAsync(state, cancellationToken) : Task.CompletedTask;
}
