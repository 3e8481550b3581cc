using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Approvals;
using Reanchor.Clearing;
using Reanchor.Exceptions;
using Reanchor.Poison;
using Reanchor.Tenants;

namespace Reanchor.Maintenance;

/// <summary>Looks after every tenant in turn; what is wrong with one does not keep the others waiting.</summary>
public sealed class MaintainHandler(
    ITenantStore tenants,
    TenantLedger registrations,
    LostWork lostWork,
    LostApprovals lostApprovals,
    RetryPoisonHandler poison,
    ExceptionLedger exceptions,
    AccessLedger access,
    CollectorKeyLedger collectorKeys,
    BreakerLedger breakers,
    TimeProvider clock,
    ILogger<MaintainHandler> logger)
{
    /// <summary>Less than functionTimeout in host.json: a run that is cut off there could not say so.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromMinutes(8);

    public async Task HandleAsync(CancellationToken cancellationToken)
    {
        using var outOfTime = new CancellationTokenSource(TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(outOfTime.Token, cancellationToken);
        var (resumed, done) = (0, 0);
        var faults = new List<Exception>();
        var all = await tenants.ListEvenRemovedAsync(cancellationToken).ToArrayAsync(cancellationToken);

        // In another order each time: when time runs out, it is not always the same ones that nobody has looked after.
        Random.Shared.Shuffle(all);

        try
        {
            foreach (var tenant in all)
            {
                either.Token.ThrowIfCancellationRequested();

                try
                {
                    resumed += await MaintainAsync(tenant, either.Token);
                }
                catch (Exception ex) when (!either.IsCancellationRequested)
                {
                    logger.TenantNotMaintained(ex, tenant.Id);
                    faults.Add(ex);
                }

                done++;
            }
        }
        catch (Exception ex) when (either.IsCancellationRequested)
        {
            logger.MaintenanceCutOff(ex, done, all.Length);
            cancellationToken.ThrowIfCancellationRequested();
        }

        await access.MaintainAsync(cancellationToken);
        await breakers.SettleAsync(TenantBreakers.Everywhere, cancellationToken);
        logger.Maintained(resumed);

        if (faults.Count > 0)
        {
            throw new AggregateException("Some tenants could not be maintained.", faults);
        }
    }

    /// <returns>How many steps were sent again.</returns>
    private async Task<int> MaintainAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        var resumed = 0;
        await registrations.MaintainAsync(tenant, cancellationToken);

        if (tenant.IsRemoved)
        {
            await lostWork.SettleAsync(tenant.Id, cancellationToken);
        }
        else
        {
            resumed += await lostWork.ResumeAsync(tenant, cancellationToken);
            resumed += await lostApprovals.ResumeAsync(tenant, cancellationToken);
            resumed += await poison.ResumeAsync(tenant.Id, cancellationToken);
        }

        await exceptions.MaintainAsync(tenant.Id, cancellationToken);
        await collectorKeys.MaintainAsync(tenant.Id, cancellationToken);
        return resumed;
    }
}
