using Reanchor.Adapters.Tables;
using Reanchor.Contracts;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class TableFindingStoreTests(AzuriteFixture azurite) : FindingStoreContract, IAsyncLifetime
{
    private IFindingStore? _tested;

    protected override IFindingStore Store => _tested!;

    public async ValueTask InitializeAsync() => _tested = new TableFindingStore((await AzuriteStorage.ReadyAsync(azurite)).Tables);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
