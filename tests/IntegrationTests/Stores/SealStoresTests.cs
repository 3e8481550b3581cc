using Reanchor.Adapters.Blobs;
using Reanchor.Adapters.Tables;
using Reanchor.Contracts;
using Reanchor.Sealing;
using Xunit;

namespace Reanchor.IntegrationTests.Stores;

public sealed class SealStoresTests(AzuriteFixture azurite) : SealStoresContract, IAsyncLifetime
{
    private ISealArchive? _archive;
    private ISealRegister? _register;

    protected override ISealArchive Archive => _archive!;

    protected override ISealRegister Register => _register!;

    public async ValueTask InitializeAsync()
    {
        var connection = await AzuriteStorage.ReadyAsync(azurite);
        _archive = new BlobSealArchive(connection.Blobs);
        _register = new TableSealRegister(connection.Tables);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
