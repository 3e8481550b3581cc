using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Sealing;

namespace Reanchor.UnitTests.Stores;

public sealed class InMemoryTrailCheckStoreTests : TrailCheckStoreContract
{
    protected override ITrailCheckStore Store { get; } = new InMemoryTrailCheckStore();
}
