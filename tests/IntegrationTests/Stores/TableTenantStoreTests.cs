using Reanchor.Adapters.Tables;
using Reanchor.Contracts;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class TableTenantStoreTests(AzuriteFixture azurite) : TenantStoreContract, IAsyncLifetime
{
    private ITenantStore? _tested;

    protected override ITenantStore Store => _tested!;

    public async ValueTask InitializeAsync() => _tested = new TableTenantStore((await AzuriteStorage.ReadyAsync(azurite)).Tables);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
