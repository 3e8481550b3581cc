using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Tenants;

namespace Reanchor.Scanning;

/// <summary>Queues a scan of every enabled tenant. One tenant's trouble does not keep the others from being queued.</summary>
public sealed class ScanTenantsHandler(ITenantStore tenants, RequestScanHandler requestScan, ILogger<ScanTenantsHandler> logger)
{
    public async Task HandleAsync(CancellationToken cancellationToken)
    {
        var (started, busy) = (0, 0);
        var faults = new List<Exception>();

        await foreach (var tenant in tenants.ListAsync(cancellationToken))
        {
            try
            {
                var result = await requestScan.HandleAsync(
                    new(tenant.Id, Mode: null, Actor.System, IdempotencyKey: null), cancellationToken);

                started += result.Outcome is RequestScanOutcome.Queued ? 1 : 0;
                busy += result.Outcome is RequestScanOutcome.AlreadyRunning ? 1 : 0;
            }
            catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
            {
                logger.ScanNotQueued(ex, tenant.Id);
                faults.Add(ex);
            }
        }

        logger.ScansQueued(started, busy);

        if (faults.Count > 0)
        {
            throw new AggregateException("Some tenants could not be queued for a scan.", faults);
        }
    }
}
