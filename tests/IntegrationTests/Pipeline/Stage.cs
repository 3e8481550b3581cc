using Reanchor.GraphSimulator;
using Reanchor.LocalHost.Storage;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>A storage of its own and a simulator in this process; what a LocalHost process needs around it.</summary>
public sealed class Stage : IAsyncDisposable
{
    private static readonly string[] Collectors = ["corp"];

    private readonly AzuriteProcess? _azurite;
    private readonly GraphSimulatorHost _simulator;

    private Stage(string storage, AzuriteProcess? azurite, GraphSimulatorHost simulator) =>
        (Storage, _azurite, _simulator) = (storage, azurite, simulator);

    public string Storage { get; }

    public Uri Graph => _simulator.Endpoint;

    public SimulatedCloud Cloud => _simulator.Cloud;

    public static async Task<Stage> SetAsync() => new(await SharedAzurite.TakeAccountAsync(), azurite: null, await SimulateAsync());

    /// <summary>With an Azurite of its own, for tests that give it so much to do or to keep that others would wait for it.</summary>
    public static async Task<Stage> SetAloneAsync()
    {
        var azurite = await AzuriteProcess.StartAsync(new(), Console.Error.WriteLine, TestContext.Current.CancellationToken);
        return new(azurite.ConnectionString, azurite, await SimulateAsync());
    }

    /// <summary>A syncing tenant with one forest and so many leftovers, each with a partner of the same UPN.</summary>
    public SimulatedTenant AddTenant(string name, int leftovers, int plainUsers = 200)
    {
        var tenant = Cloud.AddTenant(name, $"{name.ToLowerInvariant()}.onmicrosoft.com");
        tenant.AddDomain($"{name.ToLowerInvariant()}.example", isDefault: true);
        tenant.OnPremisesSyncEnabled = true;
        tenant.OnPremisesLastSyncDateTime = TimeProvider.System.GetUtcNow();
        BulkUsers.AddTo(tenant, plainUsers, leftovers, tenant.AddForest($"corp.{name.ToLowerInvariant()}.example"));
        return tenant;
    }

    /// <summary>Registers the tenant and hands in its inventory.</summary>
    internal static async Task RegisterAsync(Api administrator, SimulatedTenant tenant, string mode, object? policy = null)
    {
        await administrator.PutAsync(
            $"tenants/{tenant.Id}",
            new { displayName = tenant.DisplayName, mode, collectors = Collectors, policy = policy ?? new { } });
        var (status, body, _) = await administrator.UploadAsync($"tenants/{tenant.Id}/inventories/corp", await InventoryAsync(tenant));
        Assert.True((int)status == 201, $"The upload answered {(int)status}: {body}");
    }

    public static async Task<byte[]> InventoryAsync(SimulatedTenant tenant)
    {
        using var inventory = new MemoryStream();
        await InventoryWriter.WriteAsync(tenant, tenant.Forests[0], inventory, TestContext.Current.CancellationToken);
        return inventory.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await _simulator.DisposeAsync();

        if (_azurite is not null)
        {
            await _azurite.DisposeAsync();
        }
    }

    private static Task<GraphSimulatorHost> SimulateAsync() =>
        GraphSimulatorHost.StartAsync(new SimulatedCloud(), 0, TestContext.Current.CancellationToken);
}
