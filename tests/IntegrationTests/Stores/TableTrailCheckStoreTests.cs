using Reanchor.Adapters.Tables;
using Reanchor.Contracts;
using Reanchor.Sealing;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class TableTrailCheckStoreTests(AzuriteFixture azurite) : TrailCheckStoreContract, IAsyncLifetime
{
    private ITrailCheckStore? _tested;

    protected override ITrailCheckStore Store => _tested!;

    public async ValueTask InitializeAsync() =>
        _tested = new TableTrailCheckStore((await AzuriteStorage.ReadyAsync(azurite)).Tables);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
