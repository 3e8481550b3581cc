using Reanchor.Adapters.Tables;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class TableBreakerStoreTests(AzuriteFixture azurite) : BreakerStoreContract, IAsyncLifetime
{
    private IBreakerStore? _tested;
    private IProposalStore? _proposals;

    protected override IBreakerStore Store => _tested!;

    protected override IProposalStore Proposals => _proposals!;

    public async ValueTask InitializeAsync()
    {
        var tables = (await AzuriteStorage.ReadyAsync(azurite)).Tables;
        _tested = new TableBreakerStore(tables);
        _proposals = new TableProposalStore(tables, TimeProvider.System);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
