using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Exceptions;

namespace Reanchor.UnitTests.Stores;

public sealed class InMemoryExceptionStoreTests : ExceptionStoreContract
{
    protected override IExceptionStore Store { get; } = new InMemoryExceptionStore();
}
