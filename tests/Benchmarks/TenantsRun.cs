using System.Diagnostics;
using Reanchor.GraphSimulator;

namespace Reanchor.Benchmarks;

/// <summary>Scans of many tenants at once, first all of them healthy and then with one always 503 and one throttled to a crawl.</summary>
internal static class TenantsRun
{
    private const double Mark = 1.2;

    /// <param name="count">Tenants, the two bad ones included.</param>
    /// <returns>Whether the healthy ones took at most a fifth longer beside the bad ones.</returns>
    public static async Task<bool> MeasureAsync(int count)
    {
        await using var graph = await BusyGraph.StartAsync();
        List<SimulatedTenant> tenants = [];

        for (var i = 0; i < count; i++)
        {
            tenants.Add(await graph.AddTenantAsync($"tenant{i}", leftovers: 2, plainUsers: 20));
        }

        var healthy = tenants.Skip(2).ToList();

        // What is compiled on the way is paid for here.
        await ScanAsync(graph, tenants, tenants);
        var before = await ScanAsync(graph, healthy, healthy);
        graph.Cloud.Faults.Add(new() { Kind = FaultKind.ServiceUnavailable, TenantId = tenants[0].Id });
        tenants[1].Settings = tenants[1].Settings with { Throttling = new() { ResourceUnitsPer10Seconds = 1 } };
        var together = await ScanAsync(graph, tenants, healthy);

        // Once more without: what else the machine does changes with time.
        graph.Cloud.Faults.Clear();
        tenants[1].Settings = tenants[1].Settings with { Throttling = null };
        var after = await ScanAsync(graph, healthy, healthy);

        var ratio = together / ((before + after) / 2);
        Console.WriteLine(
            $"tenants    {healthy.Count:N0} scanned at once: {before.TotalSeconds:0.0} s before and {after.TotalSeconds:0.0} s after; with one that is always 503 "
            + $"and one throttled to a crawl: {together.TotalSeconds:0.0} s, {ratio:0.00} x");
        return ratio <= Mark;
    }

    private static async Task<TimeSpan> ScanAsync(BusyGraph graph, IReadOnlyList<SimulatedTenant> started, IReadOnlyList<SimulatedTenant> awaited)
    {
        var clock = Stopwatch.StartNew();
        var scans = new Dictionary<Guid, string>();

        foreach (var tenant in started)
        {
            scans[tenant.Id] = await graph.StartScanAsync(tenant, "report");
        }

        foreach (var tenant in awaited)
        {
            string? status;

            while ((status = (await graph.Administrator.GetAsync($"tenants/{tenant.Id}/scans/{scans[tenant.Id]}", CancellationToken.None))
                .GetProperty("status").GetString()) is "queued" or "running")
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100));
            }

            if (status is not "completed")
            {
                throw new InvalidOperationException($"The scan of {tenant.DisplayName} ended {status}.");
            }
        }

        return clock.Elapsed;
    }
}
