using Microsoft.Extensions.Time.Testing;
using Reanchor.Adapters.Tables;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class TableProposalStoreTests(AzuriteFixture azurite) : ProposalStoreContract, IAsyncLifetime
{
    private IProposalStore? _tested;

    protected override IProposalStore Store => _tested!;

    public async ValueTask InitializeAsync() => _tested = new TableProposalStore((await AzuriteStorage.ReadyAsync(azurite)).Tables, new FakeTimeProvider(Samples.Now));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
