using Reanchor.Access;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;

namespace Reanchor.UnitTests.Stores;

public sealed class InMemoryAccessStoreTests : AccessStoreContract
{
    protected override IAccessStore Store { get; } = new InMemoryAccessStore();
}
