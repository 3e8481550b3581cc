namespace Reanchor.GraphSimulator;

/// <summary>Leaves signals to the program that the simulator runs in: the default lifetime would swallow its SIGTERM and Ctrl+C.</summary>
internal sealed class GuestLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
