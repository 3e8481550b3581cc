using System.Diagnostics;
using Microsoft.Azure.Functions.Worker;
using Reanchor.Scanning;
using Reanchor.Telemetry;

namespace Reanchor.Functions.Timers;

public sealed class ScanTenantsFunction(ScanTenantsHandler handler)
{
    public const string Name = "ScanTenants";

    [Function(Name)]
    public Task RunAsync([TimerTrigger("%ScanSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        Traces.RunAsync(Name, ActivityKind.Internal, () => handler.HandleAsync(cancellationToken));
}
