using Reanchor.Adapters.Storage;
using Reanchor.Adapters.Tables;
using Reanchor.LocalHost.Storage;
using Reanchor.Queueing;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class StorageSetupTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CheckAsync_StorageThatIsNotReady_NamesWhatIsMissing()
    {
        await using var azurite = await AzuriteProcess.StartAsync(new(), Console.Error.WriteLine, Cancellation);
        var connection = StorageConnection.FromConnectionString(azurite.ConnectionString);
        var setup = new StorageSetup(connection);

        var empty = await Assert.ThrowsAsync<InvalidOperationException>(() => setup.CheckAsync(Cancellation));
        await setup.EnsureAsync(Cancellation);
        await setup.CheckAsync(Cancellation);
        await connection.Tables.DeleteTableAsync(TableNames.Audit, Cancellation);
        await connection.Queues.DeleteQueueAsync(QueueNames.Clears + QueueNames.PoisonSuffix, Cancellation);
        var partly = await Assert.ThrowsAsync<InvalidOperationException>(() => setup.CheckAsync(Cancellation));

        Assert.All(
            [.. TableNames.All, .. StorageSetup.Queues, .. StorageSetup.Containers],
            name => Assert.Contains($"{name} is missing", empty.Message, StringComparison.Ordinal));
        Assert.StartsWith(
            "The storage account is not ready: ReanchorAudit is missing, reanchor-clears-poison is missing. Deploy infra/main.bicep",
            partly.Message, StringComparison.Ordinal);
    }
}
