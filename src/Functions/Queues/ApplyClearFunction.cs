using Microsoft.Azure.Functions.Worker;
using Reanchor.Adapters.Storage;
using Reanchor.Clearing;
using Reanchor.Queueing;

namespace Reanchor.Functions.Queues;

public sealed class ApplyClearFunction(ApplyClearHandler handler)
{
    // Every outcome ends the message. Only an exception sends it back to the queue, and at last to poison.
    [Function("ApplyClear")]
    public Task RunAsync(
        [QueueTrigger(QueueNames.Clears, Connection = StorageConnection.Setting)] ApplyClear command,
        CancellationToken cancellationToken) =>
        handler.HandleAsync(command, cancellationToken);
}
