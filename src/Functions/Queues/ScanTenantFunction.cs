using Microsoft.Azure.Functions.Worker;
using Reanchor.Adapters.Storage;
using Reanchor.Scanning;
using Reanchor.Queueing;

namespace Reanchor.Functions.Queues;

public sealed class ScanTenantFunction(ScanTenantHandler handler)
{
    // Every outcome ends the message. Only an exception sends it back to the queue, and at last to poison.
    [Function("ScanTenant")]
    public Task RunAsync(
        [QueueTrigger(QueueNames.Scans, Connection = StorageConnection.Setting)] ScanTenant command,
        CancellationToken cancellationToken) =>
        handler.HandleAsync(command, cancellationToken);
}
