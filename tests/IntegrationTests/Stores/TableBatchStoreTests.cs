using Reanchor.Adapters.Tables;
using Reanchor.Approvals;
using Reanchor.Contracts;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class TableBatchStoreTests(AzuriteFixture azurite) : BatchStoreContract, IAsyncLifetime
{
    private IBatchStore? _tested;

    protected override IBatchStore Store => _tested!;

    public async ValueTask InitializeAsync() => _tested = new TableBatchStore((await AzuriteStorage.ReadyAsync(azurite)).Tables);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
