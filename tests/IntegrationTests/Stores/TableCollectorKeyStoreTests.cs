using Reanchor.Access;
using Reanchor.Adapters.Tables;
using Reanchor.Contracts;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class TableCollectorKeyStoreTests(AzuriteFixture azurite) : CollectorKeyStoreContract, IAsyncLifetime
{
    private ICollectorKeyStore? _tested;

    protected override ICollectorKeyStore Store => _tested!;

    public async ValueTask InitializeAsync() =>
        _tested = new TableCollectorKeyStore((await AzuriteStorage.ReadyAsync(azurite)).Tables);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
