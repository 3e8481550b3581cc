using Microsoft.Azure.Functions.Worker;
using Reanchor.Adapters.Storage;
using Reanchor.Clearing;
using Reanchor.Queueing;

namespace Reanchor.Functions.Queues;

public sealed class VerifyClearFunction(VerifyClearHandler handler, DirectoryWork work)
{
    // Every outcome ends the message, and so does a busy directory: a copy comes later. Only an exception sends it back, and at last to poison.
    [Function("VerifyClear")]
    public Task RunAsync(
        [QueueTrigger(QueueNames.Verifications, Connection = StorageConnection.Setting)] VerifyClear command,
        CancellationToken cancellationToken) =>
        work.RunAsync(command, handler.HandleAsync, cancellationToken);
}
