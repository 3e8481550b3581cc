using Microsoft.Azure.Functions.Worker;
using Reanchor.Adapters.Storage;
using Reanchor.Approvals;
using Reanchor.Queueing;
using Reanchor.Telemetry;

namespace Reanchor.Functions.Queues;

public sealed class RequestApprovalsFunction(RequestApprovalsHandler handler, TimeProvider clock)
{
    // Every outcome ends the message. Only an exception sends it back to the queue, and at last to poison.
    [Function("RequestApprovals")]
    public Task RunAsync(
        [QueueTrigger(QueueNames.Approvals, Connection = StorageConnection.Setting)] RequestApprovals command,
        CancellationToken cancellationToken) =>
        Traces.HandleAsync(command, clock, () => handler.HandleAsync(command, cancellationToken));
}
