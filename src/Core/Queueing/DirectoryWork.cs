using Microsoft.Extensions.Logging;
using Reanchor.Scanning;
using Reanchor.Telemetry;

namespace Reanchor.Queueing;

/// <summary>
/// Runs the handler of a queued command. When the directory is busy, a copy of the command goes to its queue with a delay and the
/// message at hand ends: nothing sleeps in a handler, and no delivery is used up on the way to the poison queue. A crash between the
/// two leaves both messages, which every handler bears.
/// </summary>
public sealed class DirectoryWork(ICommandQueue queue, TimeProvider clock, ILogger<DirectoryWork> logger)
{
    /// <exception cref="DirectoryUnavailableException">
    /// Not busy but broken, or busy for longer than <see cref="Deferral.Patience"/>: the host's retries and the poison queue follow.
    /// </exception>
    public Task RunAsync<TCommand, TOutcome>(
        TCommand command, Func<TCommand, CancellationToken, Task<TOutcome>> handle, CancellationToken cancellationToken)
        where TCommand : DirectoryCommand, IQueuedCommand =>
        Traces.HandleAsync(command, clock, () => HandleAsync(command, handle, cancellationToken));

    private async Task HandleAsync<TCommand, TOutcome>(
        TCommand command, Func<TCommand, CancellationToken, Task<TOutcome>> handle, CancellationToken cancellationToken)
        where TCommand : DirectoryCommand, IQueuedCommand
    {
        try
        {
            await handle(command, cancellationToken);
        }
        catch (DirectoryUnavailableException ex) when (ex.RetryAfter is not null)
        {
            if (Deferral.After(command.Deferral, clock.GetUtcNow()) is not { } deferral)
            {
                throw;
            }

            var delay = deferral.Delay(ex.RetryAfter.Value);
            await queue.SendAsync(command with { Deferral = deferral }, delay, cancellationToken);
            Metrics.Deferred(TCommand.QueueName);
            logger.CommandDeferred(TCommand.QueueName, delay.TotalSeconds, deferral.Times, ex.Message);
        }
    }
}
