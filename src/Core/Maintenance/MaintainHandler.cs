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
    LostWork lostWork,
    LostApprovals lostApprovals,
    RetryPoisonHandler poison,
    ExceptionLedger exceptions,
    AccessLedger access,
    CollectorKeyLedger collectorKeys,
    BreakerLedger breakers,
    ILogger<MaintainHandler> logger)
{
    public async Task HandleAsync(CancellationToken cancellationToken)
    {
        var resumed = 0;
        var faults = new List<Exception>();

        await foreach (var tenant in tenants.ListAsync(cancellationToken))
        {
            try
            {
                resumed += await lostWork.ResumeAsync(tenant, cancellationToken);
                resumed += await lostApprovals.ResumeAsync(tenant, cancellationToken);
                resumed += await poison.ResumeAsync(tenant.Id, cancellationToken);
                await exceptions.MaintainAsync(tenant.Id, cancellationToken);
                await collectorKeys.MaintainAsync(tenant.Id, cancellationToken);
            }
            catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
            {
                logger.TenantNotMaintained(ex, tenant.Id);
                faults.Add(ex);
            }
        }

        await access.MaintainAsync(cancellationToken);
        await breakers.SettleAsync(TenantBreakers.Everywhere, cancellationToken);
        logger.Maintained(resumed);

        if (faults.Count > 0)
        {
            throw new AggregateException("Some tenants could not be maintained.", faults);
        }
    }
}
