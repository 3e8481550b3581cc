using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Reanchor.Auditing;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

/// <summary>Changes breakers, state first and events second, and counts a proposal's steps with them.</summary>
public sealed class BreakerLedger(
    IBreakerStore breakers, ProposalLedger ledger, IAuditTrail audit, ILogger<BreakerLedger> logger)
{
    /// <summary>One row counts for all of a tenant's clears. In line, they spare each other the races that the row's version would decide.</summary>
    private readonly ConcurrentDictionary<TenantId, SemaphoreSlim> _oneAtATime = new();

    /// <summary>Tells the trail of everything that the state stands for, in case a crash kept it from it.</summary>
    public async Task SettleAsync(TenantBreakers state, CancellationToken cancellationToken)
    {
        foreach (var told in BreakerTrail.EventsOf(state))
        {
            await audit.AppendAsync(told, cancellationToken);
        }
    }

    /// <summary>Settles, and calls again for somebody to lift a quarantine: the first call may have been lost.</summary>
    public Task MaintainAsync(TenantBreakers state, CancellationToken cancellationToken)
    {
        if (state.IsQuarantined)
        {
            logger.TenantQuarantined(state.Tenant, state.Quarantine!.Failures, state.Quarantine.Outcomes);
        }

        return SettleAsync(state, cancellationToken);
    }

    /// <inheritdoc cref="SettleAsync(TenantBreakers, CancellationToken)"/>
    public async Task SettleAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await SettleAsync((await breakers.FindAsync(tenant, cancellationToken)).Item, cancellationToken);

    /// <param name="change">Gives the next state, or <see langword="null"/> to leave it. May be asked again.</param>
    /// <returns>The next state; <see langword="null"/> when it was left.</returns>
    public async Task<TenantBreakers?> ChangeAsync(
        TenantId tenant, Func<TenantBreakers, TenantBreakers?> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await breakers.FindAsync(tenant, cancellationToken);

            if (change(found.Item) is not { } changed)
            {
                return null;
            }

            // What the old state stands for is on the trail before it is gone.
            await SettleAsync(found.Item, cancellationToken);

            if (await breakers.TryUpdateAsync(found, changed, cancellationToken))
            {
                Announce(found.Item, changed);
                await TellAsync(found.Item, changed, cancellationToken);
                return changed;
            }
        }
    }

    /// <summary>Takes a step of a proposal and counts it, both or neither.</summary>
    /// <param name="count">Gives the breakers after the step, or <see langword="null"/> to hold it back. May be asked again.</param>
    /// <returns>The proposal's new version; <see langword="null"/> if it was held back, or someone else wrote it first.</returns>
    public async Task<Versioned<Proposal>?> TryMoveAsync(
        Versioned<Proposal> current,
        Proposal changed,
        Func<TenantBreakers, TenantBreakers?> count,
        CancellationToken cancellationToken)
    {
        await ledger.SettleAsync(current.Item, cancellationToken);
        var line = _oneAtATime.GetOrAdd(current.Item.Tenant, _ => new(1));
        await line.WaitAsync(cancellationToken);
        (Versioned<Proposal> Proposal, TenantBreakers Before, TenantBreakers After)? moved;

        try
        {
            moved = await MoveInTurnAsync(current, changed, count, cancellationToken);
        }
        finally
        {
            line.Release();
        }

        if (moved is null)
        {
            return null;
        }

        var (proposal, before, after) = moved.Value;
        ledger.Announce(current.Item, proposal.Item);
        Announce(before, after);
        await ledger.SettleAsync(proposal.Item, cancellationToken);
        await TellAsync(before, after, cancellationToken);
        return proposal;
    }

    private async Task<(Versioned<Proposal> Proposal, TenantBreakers Before, TenantBreakers After)?> MoveInTurnAsync(
        Versioned<Proposal> current,
        Proposal changed,
        Func<TenantBreakers, TenantBreakers?> count,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = await breakers.FindAsync(current.Item.Tenant, cancellationToken);

            if (count(found.Item) is not { } counted)
            {
                return null;
            }

            if ((found.Item.LimitReachedAt is not null && counted.LimitReachedAt is null) || found.Item.Quarantine != counted.Quarantine)
            {
                // The last chance to tell of the hour that is over, or of the quarantine that was lifted.
                await SettleAsync(found.Item, cancellationToken);
            }

            var result = await breakers.TryUpdateAsync(found, counted, current, changed, cancellationToken);

            if (!result.BreakersChanged)
            {
                return result.Moved is { } moved ? (moved, found.Item, counted) : null;
            }
        }
    }

    private async Task TellAsync(TenantBreakers before, TenantBreakers after, CancellationToken cancellationToken)
    {
        if (before.Pause != after.Pause
            || before.Quarantine != after.Quarantine
            || (before.LimitReachedAt != after.LimitReachedAt && after.LimitReachedAt is not null))
        {
            await SettleAsync(after, cancellationToken);
        }
    }

    /// <summary>Before the trail is told: whoever is called must come even if it does not answer.</summary>
    private void Announce(TenantBreakers before, TenantBreakers after)
    {
        if (after.IsPaused != before.IsPaused && after.Tenant == TenantBreakers.Everywhere)
        {
            logger.EverythingSwitched(after.IsPaused);
        }
        else if (after.IsPaused != before.IsPaused)
        {
            logger.TenantSwitched(after.Tenant, after.IsPaused);
        }

        if (after.IsQuarantined && !before.IsQuarantined)
        {
            logger.TenantQuarantined(after.Tenant, after.Quarantine!.Failures, after.Quarantine.Outcomes);
        }

        if (before.IsQuarantined && !after.IsQuarantined)
        {
            logger.QuarantineLifted(after.Tenant);
        }

        if (after.LimitReachedAt is not null && before.LimitReachedAt is null)
        {
            logger.ClearLimitReached(after.Tenant, after.ClearsInWindow);
        }
    }
}
