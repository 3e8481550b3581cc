using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Maintenance;
using Reanchor.Telemetry;

namespace Reanchor.Functions.Timers;

public sealed class MaintainFunction(MaintainHandler handler)
{
    public const string Name = "Maintain";

    [Function(Name)]
    public Task RunAsync([TimerTrigger("%MaintenanceSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        Traces.RunAsync(Name, ActivityKind.Internal, () => handler.HandleAsync(cancellationToken));
}
