using Reanchor.Contracts;
using Reanchor.Contracts.InMemory;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Stores;

public sealed class InMemoryTenantStoreTests : TenantStoreContract
{
    protected override ITenantStore Store { get; } = new InMemoryTenantStore();
}
