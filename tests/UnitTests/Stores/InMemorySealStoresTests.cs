using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Sealing;

namespace Reanchor.UnitTests.Stores;

public sealed class InMemorySealStoresTests : SealStoresContract
{
    protected override ISealArchive Archive { get; } = new InMemorySealArchive();

    protected override ISealRegister Register { get; } = new InMemorySealRegister();
}
