using Reanchor.Adapters.Tables;
using Reanchor.Contracts;
using Reanchor.Poison;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class TablePoisonStoreTests(AzuriteFixture azurite) : PoisonStoreContract, IAsyncLifetime
{
    private IPoisonStore? _tested;

    protected override IPoisonStore Store => _tested!;

    public async ValueTask InitializeAsync() => _tested = new TablePoisonStore((await AzuriteStorage.ReadyAsync(azurite)).Tables);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
