using Reanchor.IntegrationTests;
using Reanchor.LocalHost.Storage;
using Xunit;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Reanchor.IntegrationTests;

/// <summary>One Azurite for all tests of this assembly, in memory, on free ports. Tests share it, so each takes names of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    private AzuriteProcess? _azurite;

    public string ConnectionString => _azurite!.ConnectionString;

    public async ValueTask InitializeAsync() =>
        _azurite = await AzuriteProcess.StartAsync(new(), Console.Error.WriteLine, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }
}
