using Microsoft.Azure.Functions.Worker;
using Reanchor.Adapters.Storage;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Telemetry;

namespace Reanchor.Functions.Queues;

public sealed class ProposeClearFunction(ProposeClearHandler handler, TimeProvider clock)
{
    // Every outcome ends the message. Only an exception sends it back to the queue, and at last to poison.
    [Function("ProposeClear")]
    public Task RunAsync(
        [QueueTrigger(QueueNames.Candidates, Connection = StorageConnection.Setting)] ProposeClear command,
        CancellationToken cancellationToken) =>
        Traces.HandleAsync(command, clock, () => handler.HandleAsync(command, cancellationToken));
}
