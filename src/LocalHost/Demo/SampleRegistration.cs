using Reanchor.GraphSimulator;

namespace Reanchor.LocalHost.Demo;

/// <summary>Registers a simulated tenant and hands in what its collectors would.</summary>
internal static class SampleRegistration
{
    public static async Task RegisterAsync(
        ReanchorClient administrator, SimulatedTenant tenant, string mode, CancellationToken cancellationToken)
    {
        await administrator.PutAsync(
            $"tenants/{tenant.Id}",
            new { displayName = tenant.DisplayName, mode, collectors = tenant.Forests.Select(CollectorOf) },
            cancellationToken);
    }

    /// <returns>How many accounts each forest listed.</returns>
    public static async Task<IReadOnlyDictionary<string, int>> UploadAsync(
        ReanchorClient collector, SimulatedTenant tenant, CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, int>();

        foreach (var forest in tenant.Forests)
        {
            using var inventory = new MemoryStream();
            await InventoryWriter.WriteAsync(tenant, forest, inventory, cancellationToken);
            inventory.Position = 0;

            var summary = await collector.UploadAsync(
                $"tenants/{tenant.Id}/inventories/{CollectorOf(forest)}", inventory, cancellationToken);
            counts[forest.Name] = summary.GetProperty("count").GetInt32();
        }

        return counts;
    }

    private static string CollectorOf(AdForest forest) => forest.Name.Replace('.', '-');
}
