using Reanchor.Adapters.Tables;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class TableInventoryStoreTests(AzuriteFixture azurite) : InventoryStoreContract, IAsyncLifetime
{
    private IInventoryStore? _tested;

    protected override IInventoryStore Store => _tested!;

    public async ValueTask InitializeAsync() => _tested = new TableInventoryStore((await AzuriteStorage.ReadyAsync(azurite)).Tables);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
