using Reanchor.Adapters.Blobs;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class BlobInventoryArchiveTests(AzuriteFixture azurite) : InventoryArchiveContract, IAsyncLifetime
{
    private IInventoryArchive? _tested;

    protected override IInventoryArchive Archive => _tested!;

    public async ValueTask InitializeAsync() => _tested = new BlobInventoryArchive((await AzuriteStorage.ReadyAsync(azurite)).Blobs);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
