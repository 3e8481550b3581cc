using Reanchor.Approvals;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;

namespace Reanchor.UnitTests.Stores;

public sealed class InMemoryBatchStoreTests : BatchStoreContract
{
    protected override IBatchStore Store { get; } = new InMemoryBatchStore();
}
