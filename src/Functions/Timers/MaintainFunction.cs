using Microsoft.Azure.Functions.Worker;
using Reanchor.Maintenance;

namespace Reanchor.Functions.Timers;

public sealed class MaintainFunction(MaintainHandler handler)
{
    public const string Name = "Maintain";

    [Function(Name)]
    public Task RunAsync([TimerTrigger("%MaintenanceSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        handler.HandleAsync(cancellationToken);
}
