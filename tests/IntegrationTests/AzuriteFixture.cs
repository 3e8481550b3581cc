using Reanchor.IntegrationTests;
using Xunit;

[assembly: AssemblyFixture(typeof(AzuriteFixture))]

namespace Reanchor.IntegrationTests;

/// <summary>One storage account for all tests of stores and queues. They share it, so each takes names of its own.</summary>
public sealed class AzuriteFixture : IAsyncLifetime
{
    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync() => ConnectionString = await SharedAzurite.TakeAccountAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
