using System.Runtime.InteropServices;
using Reanchor.GraphSimulator;

if (args is not ([] or ["--port", _]) || !int.TryParse(args is [_, var text] ? text : "5080", out var port) || port is < 0 or > 65_535)
{
    Console.Error.WriteLine("Usage: GraphSimulator [--port N]   (0 takes a free port, default 5080)");
    return 2;
}

using var stopping = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);

var cloud = SampleTenants.AddTo(new SimulatedCloud());
GraphSimulatorHost started;

try
{
    started = await GraphSimulatorHost.StartAsync(cloud, port, stopping.Token);
}
catch (IOException exception)
{
    Console.Error.WriteLine($"{exception.Message} Choose another with --port N.");
    return 1;
}

await using var host = started;
Console.WriteLine($"Graph    {host.Endpoint}v1.0");
Console.WriteLine($"Control  {host.Endpoint}simulator/tenants");

foreach (var tenant in cloud.Tenants)
{
    Console.WriteLine($"Tenant   {tenant.Id}  {tenant.DisplayName}");
}

await Task.Delay(Timeout.Infinite, stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
return 0;

void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stopping.Cancel();
}
