using Microsoft.Extensions.Time.Testing;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Proposals;

namespace Reanchor.UnitTests.Stores;

public sealed class InMemoryProposalStoreTests : ProposalStoreContract
{
    protected override IProposalStore Store { get; } = new InMemoryProposalStore(new FakeTimeProvider(Samples.Now));
}
