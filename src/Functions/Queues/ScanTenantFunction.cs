using Microsoft.Azure.Functions.Worker;
using Reanchor.Adapters.Storage;
using Reanchor.Scanning;
using Reanchor.Queueing;

namespace Reanchor.Functions.Queues;

public sealed class ScanTenantFunction(ScanTenantHandler handler, DirectoryWork work)
{
    // Every outcome ends the message, and so does a busy directory: a copy comes later. Only an exception sends it back, and at last to poison.
    [Function("ScanTenant")]
    public Task RunAsync(
        [QueueTrigger(QueueNames.Scans, Connection = StorageConnection.Setting)] ScanTenant command,
        CancellationToken cancellationToken) =>
        work.RunAsync(command, handler.HandleAsync, cancellationToken);
}
