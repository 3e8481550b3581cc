using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Syncing;

namespace Reanchor.UnitTests.Stores;

public sealed class InMemoryCollectorSyncStoreTests : CollectorSyncStoreContract
{
    protected override ICollectorSyncStore Store { get; } = new InMemoryCollectorSyncStore();
}
