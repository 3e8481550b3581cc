using System.Net.Sockets;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;

namespace Reanchor.LocalHost.Storage;

/// <summary>Looks whether storage is there, without signing in or changing anything.</summary>
public static class StorageProbe
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns><see langword="true"/> if the blob, queue and table services of the connection string all accept connections.</returns>
    /// <exception cref="StartRefusedException">The connection string cannot be read.</exception>
    public static async Task<bool> IsListeningAsync(string connectionString, CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(Addresses(connectionString).Select(address => AcceptsAsync(address, cancellationToken)));
        return answers.All(answer => answer);
    }

    private static Uri[] Addresses(string connectionString)
    {
        try
        {
            return
            [
                new BlobServiceClient(connectionString).Uri,
                new QueueServiceClient(connectionString).Uri,
                new TableServiceClient(connectionString).Uri,
            ];
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or InvalidOperationException)
        {
            // The text may hold an account key, so it is not repeated.
            throw new StartRefusedException(
                "The storage connection string cannot be read. Use \"UseDevelopmentStorage=true\", or copy the connection string of the storage account.", exception);
        }
    }

    private static async Task<bool> AcceptsAsync(Uri address, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);

        try
        {
            await client.ConnectAsync(address.Host, address.Port, limit.Token);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
