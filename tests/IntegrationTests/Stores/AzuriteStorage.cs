using Reanchor.Adapters.Storage;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

/// <summary>The shared Azurite with Reanchor's tables, queues and container in it.</summary>
internal static class AzuriteStorage
{
    public static async Task<StorageConnection> ReadyAsync(AzuriteFixture azurite)
    {
        var connection = StorageConnection.FromConnectionString(azurite.ConnectionString);
        await new StorageSetup(connection).EnsureAsync(TestContext.Current.CancellationToken);
        return connection;
    }
}
