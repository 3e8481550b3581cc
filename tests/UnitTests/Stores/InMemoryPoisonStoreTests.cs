using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Poison;

namespace Reanchor.UnitTests.Stores;

public sealed class InMemoryPoisonStoreTests : PoisonStoreContract
{
    protected override IPoisonStore Store { get; } = new InMemoryPoisonStore();
}
