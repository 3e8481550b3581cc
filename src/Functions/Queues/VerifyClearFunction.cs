using Microsoft.Azure.Functions.Worker;
using Reanchor.Adapters.Storage;
using Reanchor.Clearing;
using Reanchor.Queueing;

namespace Reanchor.Functions.Queues;

public sealed class VerifyClearFunction(VerifyClearHandler handler)
{
    // Every outcome ends the message. Only an exception sends it back to the queue, and at last to poison.
    [Function("VerifyClear")]
    public Task RunAsync(
        [QueueTrigger(QueueNames.Verifications, Connection = StorageConnection.Setting)] VerifyClear command,
        CancellationToken cancellationToken) =>
        handler.HandleAsync(command, cancellationToken);
}
