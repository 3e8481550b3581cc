using Reanchor.Adapters.Tables;
using Reanchor.Contracts;
using Reanchor.Exceptions;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class TableExceptionStoreTests(AzuriteFixture azurite) : ExceptionStoreContract, IAsyncLifetime
{
    private IExceptionStore? _tested;

    protected override IExceptionStore Store => _tested!;

    public async ValueTask InitializeAsync() =>
        _tested = new TableExceptionStore((await AzuriteStorage.ReadyAsync(azurite)).Tables);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
