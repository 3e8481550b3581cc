using Microsoft.Azure.Functions.Worker;
using Reanchor.Adapters.Storage;
using Reanchor.Clearing;
using Reanchor.Queueing;

namespace Reanchor.Functions.Queues;

public sealed class ApplyClearFunction(ApplyClearHandler handler, DirectoryWork work)
{
    // Every outcome ends the message, and so does a busy directory: a copy comes later. Only an exception sends it back, and at last to poison.
    [Function("ApplyClear")]
    public Task RunAsync(
        [QueueTrigger(QueueNames.Clears, Connection = StorageConnection.Setting)] ApplyClear command,
        CancellationToken cancellationToken) =>
        work.RunAsync(command, handler.HandleAsync, cancellationToken);
}
