using Reanchor.Adapters.Tables;
using Reanchor.Contracts;
using Reanchor.Syncing;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class TableCollectorSyncStoreTests(AzuriteFixture azurite) : CollectorSyncStoreContract, IAsyncLifetime
{
    private ICollectorSyncStore? _tested;

    protected override ICollectorSyncStore Store => _tested!;

    public async ValueTask InitializeAsync() =>
        _tested = new TableCollectorSyncStore((await AzuriteStorage.ReadyAsync(azurite)).Tables);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
