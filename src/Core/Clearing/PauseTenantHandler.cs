using Reanchor.Access;
using Reanchor.Maintenance;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

/// <param name="Paused"><see langword="false"/> to resume.</param>
public sealed record PauseTenant(TenantId Tenant, bool Paused, string Reason, Actor By);

public enum BreakerOutcome
{
    Done,
    TenantNotFound,

    /// <summary>It stands that way already; nothing was changed.</summary>
    NothingToDo,
}

/// <summary>Throws a tenant's kill switch: no clear and no restore is written while it is on.</summary>
public sealed class PauseTenantHandler(ITenantStore tenants, BreakerLedger breakers, LostWork lostWork, TimeProvider clock)
{
    public async Task<BreakerOutcome> HandleAsync(PauseTenant command, CancellationToken cancellationToken)
    {
        if (await tenants.FindAsync(command.Tenant, cancellationToken) is not { } tenant)
        {
            return BreakerOutcome.TenantNotFound;
        }

        var now = clock.GetUtcNow();
        var changed = await breakers.ChangeAsync(
            command.Tenant,
            state => state.IsPaused == command.Paused ? null : state.Switch(new(command.Paused, command.By, now, command.Reason)),
            cancellationToken);

        if (changed is null)
        {
            return BreakerOutcome.NothingToDo;
        }

        if (!command.Paused)
        {
            await lostWork.ResumeAsync(tenant.Item, cancellationToken);
        }

        return BreakerOutcome.Done;
    }
}
