using Azure;
using Azure.Data.Tables;
using Reanchor.Adapters.Blobs;
using Reanchor.Adapters.Tables;
using Reanchor.Queueing;

namespace Reanchor.Adapters.Storage;

/// <summary>Sees to it that every table, queue and container is there. Safe to run again and side by side.</summary>
public sealed class StorageSetup(StorageConnection connection)
{
    public static IReadOnlyList<string> Queues { get; } =
    [
        QueueNames.Scans, QueueNames.Candidates, QueueNames.Clears, QueueNames.Verifications, QueueNames.Restores, QueueNames.Approvals,
        QueueNames.Callbacks,
    ];

    public static IReadOnlyList<string> Containers { get; } = [BlobInventoryArchive.Container, BlobSealArchive.Container];

    private static IEnumerable<string> QueuesAndPoisonQueues =>
        Queues.SelectMany(queue => new[] { queue, queue + QueueNames.PoisonSuffix });

    /// <summary>
    /// Makes what is missing; with an identity, which may not make anything, looks whether it is all there.
    /// </summary>
    /// <exception cref="InvalidOperationException">Something is not there, or not to be read; the message says what to do.</exception>
    public Task EnsureAsync(CancellationToken cancellationToken) =>
        connection.UsesIdentity ? CheckAsync(cancellationToken) : MakeAsync(cancellationToken);

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        foreach (var table in TableNames.All)
        {
            await connection.Tables.CreateTableIfNotExistsAsync(table, cancellationToken);
        }

        foreach (var queue in QueuesAndPoisonQueues)
        {
            await connection.Queues.GetQueueClient(queue).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }

        foreach (var container in Containers)
        {
            await connection.Blobs.GetBlobContainerClient(container).CreateIfNotExistsAsync(cancellationToken: cancellationToken);
        }
    }

    internal async Task CheckAsync(CancellationToken cancellationToken)
    {
        var looks = TableNames.All.Select(name => LookAsync(name, () => LookIntoTableAsync(name, cancellationToken)))
            .Concat(QueuesAndPoisonQueues.Select(name => LookAsync(name, () =>
                connection.Queues.GetQueueClient(name).GetPropertiesAsync(cancellationToken))))
            .Concat(Containers.Select(name => LookAsync(name, () => LookIntoContainerAsync(name, cancellationToken))));
        var problems = (await Task.WhenAll(looks)).OfType<string>().ToList();

        if (problems.Count > 0)
        {
            throw new InvalidOperationException(
                $"The storage account is not ready: {string.Join(", ", problems)}. Deploy infra/main.bicep of this version. "
                + "If that has just been done, wait: roles take some minutes to work.");
        }
    }

    // Reading one row or the names of some blobs takes no more than the roles on the trail give; reading properties would.
    private async Task LookIntoTableAsync(string name, CancellationToken cancellationToken) => await connection.Tables
        .GetTableClient(name).QueryAsync<TableEntity>("PartitionKey eq ''", 1, cancellationToken: cancellationToken)
        .FirstOrDefaultAsync(cancellationToken);

    private async Task LookIntoContainerAsync(string name, CancellationToken cancellationToken) => await connection.Blobs
        .GetBlobContainerClient(name).GetBlobsAsync(new() { Prefix = "!" }, cancellationToken).FirstOrDefaultAsync(cancellationToken);

    /// <returns><see langword="null"/> if all is well.</returns>
    private static async Task<string?> LookAsync(string name, Func<Task> look)
    {
        try
        {
            await look();
            return null;
        }
        catch (RequestFailedException ex) when (ex.Status is 403 or 404)
        {
            return ex.Status == 404 ? $"{name} is missing" : $"{name} may not be read";
        }
    }
}
