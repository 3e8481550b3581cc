using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Inventories;

namespace Reanchor.UnitTests.Stores;

public sealed class InMemoryInventoryStoreTests : InventoryStoreContract
{
    protected override IInventoryStore Store { get; } = new InMemoryInventoryStore();
}
