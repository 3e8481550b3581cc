using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Scanning;

namespace Reanchor.UnitTests.Stores;

public sealed class InMemoryFindingStoreTests : FindingStoreContract
{
    protected override IFindingStore Store { get; } = new InMemoryFindingStore();
}
