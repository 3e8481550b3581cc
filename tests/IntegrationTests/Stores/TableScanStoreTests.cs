using Reanchor.Adapters.Tables;
using Reanchor.Contracts;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class TableScanStoreTests(AzuriteFixture azurite) : ScanStoreContract, IAsyncLifetime
{
    private IScanStore? _tested;

    protected override IScanStore Store => _tested!;

    public async ValueTask InitializeAsync() => _tested = new TableScanStore((await AzuriteStorage.ReadyAsync(azurite)).Tables);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
