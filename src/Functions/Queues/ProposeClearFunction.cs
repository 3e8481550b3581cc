using Microsoft.Azure.Functions.Worker;
using Reanchor.Adapters.Storage;
using Reanchor.Proposals;
using Reanchor.Queueing;

namespace Reanchor.Functions.Queues;

public sealed class ProposeClearFunction(ProposeClearHandler handler)
{
    // Every outcome ends the message. Only an exception sends it back to the queue, and at last to poison.
    [Function("ProposeClear")]
    public Task RunAsync(
        [QueueTrigger(QueueNames.Candidates, Connection = StorageConnection.Setting)] ProposeClear command,
        CancellationToken cancellationToken) =>
        handler.HandleAsync(command, cancellationToken);
}
