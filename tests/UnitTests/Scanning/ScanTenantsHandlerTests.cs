using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Scanning;

public sealed class ScanTenantsHandlerTests : IDisposable
{
    private static readonly TenantId First = new(Guid.Parse("11111111-0000-4000-8000-000000000001"));
    private static readonly TenantId Second = new(Guid.Parse("22222222-0000-4000-8000-000000000002"));

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_SeveralTenants_QueuesAScanOfEachThatIsEnabled()
    {
        await _world.RegisterAsync(t => t with { Id = First, Enabled = false });
        await _world.RegisterAsync(t => t with { Id = Second, Enabled = true });

        await ScanTenantsAsync();

        Assert.Equal(Second, Assert.Single(_world.Queue.Of<ScanTenant>()).Tenant);
    }

    [Fact]
    public async Task HandleAsync_OneTenantFails_QueuesTheOthersAndSaysSo()
    {
        await _world.RegisterAsync(t => t with { Id = First });
        await _world.RegisterAsync(t => t with { Id = Second });
        _world.Queue.BeforeNextSend = () => throw new InvalidOperationException("storage does not answer");

        await Assert.ThrowsAsync<AggregateException>(ScanTenantsAsync);

        Assert.Equal(Second, Assert.Single(_world.Queue.Of<ScanTenant>()).Tenant);
    }

    private Task ScanTenantsAsync() => _world.Get<ScanTenantsHandler>().HandleAsync(World.Cancellation);
}
