using Reanchor.Access;
using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;

namespace Reanchor.UnitTests.Stores;

public sealed class InMemoryCollectorKeyStoreTests : CollectorKeyStoreContract
{
    protected override ICollectorKeyStore Store { get; } = new InMemoryCollectorKeyStore();
}
