using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Inventories;

namespace Reanchor.UnitTests.Stores;

public sealed class InMemoryInventoryArchiveTests : InventoryArchiveContract
{
    protected override IInventoryArchive Archive { get; } = new InMemoryInventoryArchive();
}
