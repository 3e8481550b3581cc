using Reanchor.Access;
using Reanchor.Maintenance;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

public sealed record LiftQuarantine(TenantId Tenant, string Reason, Actor By);

/// <summary>Lets a tenant clear again, after somebody has looked into what went wrong.</summary>
public sealed class LiftQuarantineHandler(ITenantStore tenants, BreakerLedger breakers, LostWork lostWork, TimeProvider clock)
{
    public async Task<BreakerOutcome> HandleAsync(LiftQuarantine command, CancellationToken cancellationToken)
    {
        if (await tenants.FindAsync(command.Tenant, cancellationToken) is not { } tenant)
        {
            return BreakerOutcome.TenantNotFound;
        }

        var now = clock.GetUtcNow();
        var changed = await breakers.ChangeAsync(
            command.Tenant,
            state => state.IsQuarantined ? state.LiftQuarantine(new(command.By, now, command.Reason)) : null,
            cancellationToken);

        if (changed is null)
        {
            // Perhaps it was lifted already, and the trail not told.
            await breakers.SettleAsync(command.Tenant, cancellationToken);
            return BreakerOutcome.NothingToDo;
        }

        await lostWork.ResumeAsync(tenant.Item, cancellationToken);
        return BreakerOutcome.Done;
    }
}
