using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Proposals;

namespace Reanchor.UnitTests.Stores;

public sealed class InMemoryBreakerStoreTests : BreakerStoreContract
{
    private readonly InMemoryProposalStore _proposals = new(TimeProvider.System);

    public InMemoryBreakerStoreTests() => Store = new InMemoryBreakerStore(_proposals);

    protected override IBreakerStore Store { get; }

    protected override IProposalStore Proposals => _proposals;
}
