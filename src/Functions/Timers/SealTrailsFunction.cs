using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Sealing;
using Reanchor.Telemetry;

namespace Reanchor.Functions.Timers;

/// <summary>On the schedule of maintenance, but apart from it: what stops the one must not stop the other.</summary>
public sealed class SealTrailsFunction(SealTrailsHandler handler)
{
    public const string Name = "SealTrails";

    [Function(Name)]
    public Task RunAsync([TimerTrigger("%MaintenanceSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        Traces.RunAsync(Name, ActivityKind.Internal, () => handler.HandleAsync(cancellationToken));
}
