using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Maintenance;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

/// <param name="Stopped"><see langword="false"/> to lift the stop.</param>
public sealed record StopEverything(bool Stopped, string Reason, Actor By);

/// <summary>Stops every write to every directory, clears and restores alike, and lets go again.</summary>
public sealed class StopEverythingHandler(
    ITenantStore tenants, BreakerLedger breakers, LostWork lostWork, TimeProvider clock, ILogger<StopEverythingHandler> logger)
{
    /// <returns><see cref="BreakerOutcome.NothingToDo"/> when it stands that way already.</returns>
    public async Task<BreakerOutcome> HandleAsync(StopEverything command, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var changed = await breakers.ChangeAsync(
            TenantBreakers.Everywhere,
            state => state.IsPaused == command.Stopped ? null : state.Switch(new(command.Stopped, command.By, now, command.Reason)),
            cancellationToken);

        if (changed is null)
        {
            return BreakerOutcome.NothingToDo;
        }

        if (!command.Stopped)
        {
            await ResumeAsync(cancellationToken);
        }

        return BreakerOutcome.Done;
    }

    private async Task ResumeAsync(CancellationToken cancellationToken)
    {
        await foreach (var tenant in tenants.ListAsync(cancellationToken))
        {
            try
            {
                await lostWork.ResumeAsync(tenant, cancellationToken);
            }
            catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
            {
                // The stop is lifted all the same; maintenance comes by within the hour.
                logger.WorkNotResumed(ex, tenant.Id);
            }
        }
    }
}
