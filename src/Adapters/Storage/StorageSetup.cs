using Reanchor.Adapters.Blobs;
using Reanchor.Adapters.Tables;
using Reanchor.Queueing;

namespace Reanchor.Adapters.Storage;

/// <summary>Makes the tables, queues and containers that are missing. Safe to run again and side by side.</summary>
public sealed class StorageSetup(StorageConnection connection)
{
    public static IReadOnlyList<string> Queues { get; } =
        [QueueNames.Scans, QueueNames.Candidates, QueueNames.Clears, QueueNames.Verifications, QueueNames.Restores];

    public static IReadOnlyList<string> Containers { get; } = [BlobInventoryArchive.Container, BlobSealArchive.Container];

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        foreach (var table in TableNames.All)
        {
            await connection.Tables.CreateTableIfNotExistsAsync(table, cancellationToken);
        }

        foreach (var queue in Queues)
        {
            await connection.Queues.GetQueueClient(queue).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
            await connection.Queues.GetQueueClient(queue + QueueNames.PoisonSuffix)
                .CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }

        foreach (var container in Containers)
        {
            await connection.Blobs.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
    }
}
