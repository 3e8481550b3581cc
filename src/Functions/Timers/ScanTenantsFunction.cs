using Microsoft.Azure.Functions.Worker;
using Reanchor.Scanning;

namespace Reanchor.Functions.Timers;

public sealed class ScanTenantsFunction(ScanTenantsHandler handler)
{
    [Function("ScanTenants")]
    public Task RunAsync([TimerTrigger("%ScanSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        handler.HandleAsync(cancellationToken);
}
