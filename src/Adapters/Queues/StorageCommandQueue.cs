using System.Collections.Concurrent;
using System.Text.Json;
using Azure.Storage.Queues;
using Reanchor.Json;
using Reanchor.Queueing;
using Reanchor.Telemetry;

namespace Reanchor.Adapters.Queues;

public sealed class StorageCommandQueue(QueueServiceClient service, TimeProvider clock) : ICommandQueue
{
    // The default of seven days would let work that waits out an outage vanish without a word.
    private static readonly TimeSpan Never = TimeSpan.FromSeconds(-1);

    private readonly ConcurrentDictionary<string, QueueClient> _queues = new();

    public Task SendAsync<TCommand>(TCommand command, TimeSpan delay, CancellationToken cancellationToken)
        where TCommand : QueuedCommand, IQueuedCommand =>
        _queues.GetOrAdd(TCommand.QueueName, service.GetQueueClient).SendMessageAsync(
            JsonSerializer.Serialize(Stamp(command, delay), ReanchorJson.Options), delay, Never, cancellationToken);

    private TCommand Stamp<TCommand>(TCommand command, TimeSpan delay)
        where TCommand : QueuedCommand =>
        command with { TraceParent = command.TraceParent ?? Traces.Current, Due = clock.GetUtcNow() + delay };
}
