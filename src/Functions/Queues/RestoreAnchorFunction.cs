using Microsoft.Azure.Functions.Worker;
using Reanchor.Adapters.Storage;
using Reanchor.Clearing;
using Reanchor.Queueing;

namespace Reanchor.Functions.Queues;

public sealed class RestoreAnchorFunction(RestoreAnchorHandler handler)
{
    // Every outcome ends the message. Only an exception sends it back to the queue, and at last to poison.
    [Function("RestoreAnchor")]
    public Task RunAsync(
        [QueueTrigger(QueueNames.Restores, Connection = StorageConnection.Setting)] RestoreAnchor command,
        CancellationToken cancellationToken) =>
        handler.HandleAsync(command, cancellationToken);
}
