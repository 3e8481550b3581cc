using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Scanning;

namespace Reanchor.UnitTests.Stores;

public sealed class InMemoryScanStoreTests : ScanStoreContract
{
    protected override IScanStore Store { get; } = new InMemoryScanStore();
}
