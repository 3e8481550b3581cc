using Reanchor.Access;
using Reanchor.Adapters.Tables;
using Reanchor.Contracts;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class TableAccessStoreTests(AzuriteFixture azurite) : AccessStoreContract, IAsyncLifetime
{
    private IAccessStore? _tested;

    protected override IAccessStore Store => _tested!;

    public async ValueTask InitializeAsync() =>
        _tested = new TableAccessStore((await AzuriteStorage.ReadyAsync(azurite)).Tables);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
