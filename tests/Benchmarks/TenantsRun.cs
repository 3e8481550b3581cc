using System.Diagnostics;
using System.Text.Json;
using Reanchor.GraphSimulator;

namespace Reanchor.Benchmarks;

/// <summary>
/// Scans of many tenants at once, and then clears: first of healthy tenants alone, then beside one that is always 503 and one that is throttled
/// to a crawl, then alone again, because what else the machine does changes with time.
/// </summary>
internal sealed class TenantsRun
{
    private const double Mark = 1.2;
    private const int ClearsEach = 2;
    private const int Rounds = 3;
    private const int ClearsOfABadOne = 20;

    private readonly BusyGraph _graph;
    private readonly List<SimulatedTenant> _tenants = [];
    private readonly Dictionary<Guid, Queue<JsonElement>> _proposals = [];

    private TenantsRun(BusyGraph graph) => _graph = graph;

    private List<SimulatedTenant> Healthy => [.. _tenants.Skip(2)];

    /// <param name="count">Tenants, the two bad ones included.</param>
    /// <returns>Whether the healthy ones took at most a fifth longer beside the bad ones.</returns>
    public static async Task<bool> MeasureAsync(int count)
    {
        await using var graph = await BusyGraph.StartAsync(TimeSpan.FromHours(6));
        var run = new TenantsRun(graph);
        await run.PrepareAsync(count);

        return await run.CompareAsync("scanned", run.ScanAsync) & await run.CompareAsync($"cleared, {ClearsEach} users each,", run.ClearAsync);
    }

    /// <summary>What is compiled on the way is paid for here.</summary>
    private async Task PrepareAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            _tenants.Add(await _graph.AddTenantAsync($"tenant{i}", leftovers: i < 2 ? ClearsOfABadOne : ClearsEach * (Rounds + 1), plainUsers: 20));
        }

        await ScanAsync(_tenants, "propose");

        foreach (var tenant in _tenants)
        {
            _proposals[tenant.Id] = new(await _graph.ProposalsAsync(tenant, "pending"));
        }

        await ClearAsync(Healthy);
    }

    private async Task<bool> CompareAsync(string done, Func<IReadOnlyList<SimulatedTenant>, Task<TimeSpan>> work)
    {
        var before = await work(Healthy);
        _graph.Cloud.Faults.Add(new() { Kind = FaultKind.ServiceUnavailable, TenantId = _tenants[0].Id });
        _tenants[1].Settings = _tenants[1].Settings with { Throttling = new() { ResourceUnitsPer10Seconds = 1, WritesPer150Seconds = 1 } };
        var together = await work(_tenants);
        _graph.Cloud.Faults.Clear();
        _tenants[1].Settings = _tenants[1].Settings with { Throttling = null };
        var after = await work(Healthy);

        var ratio = together / ((before + after) / 2);
        Console.WriteLine(
            $"tenants    {Healthy.Count:N0} {done} at once: {before.TotalSeconds:0.0} s before and {after.TotalSeconds:0.0} s after; with one that is always 503 "
            + $"and one throttled to a crawl: {together.TotalSeconds:0.0} s, {ratio:0.00} x");
        return ratio <= Mark;
    }

    private Task<TimeSpan> ScanAsync(IReadOnlyList<SimulatedTenant> started) => ScanAsync(started, "report");

    /// <returns>Until the healthy ones of them were done.</returns>
    private async Task<TimeSpan> ScanAsync(IReadOnlyList<SimulatedTenant> started, string mode)
    {
        var clock = Stopwatch.StartNew();
        var scans = new Dictionary<SimulatedTenant, string>();

        foreach (var tenant in started)
        {
            scans[tenant] = await _graph.StartScanAsync(tenant, mode);
        }

        foreach (var tenant in mode == "propose" ? _tenants : Healthy)
        {
            string? status;

            while ((status = (await _graph.Administrator.GetAsync($"tenants/{tenant.Id}/scans/{scans[tenant]}", CancellationToken.None))
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

    /// <returns>Until the healthy ones of them were done.</returns>
    private async Task<TimeSpan> ClearAsync(IReadOnlyList<SimulatedTenant> started)
    {
        var clock = Stopwatch.StartNew();

        foreach (var tenant in started)
        {
            var proposals = _proposals[tenant.Id];
            List<JsonElement> chosen = [];

            while (chosen.Count < (Healthy.Contains(tenant) ? ClearsEach : ClearsOfABadOne) && proposals.TryDequeue(out var proposal))
            {
                chosen.Add(proposal);
            }

            await _graph.ApproveAsync(tenant, chosen, CancellationToken.None);
        }

        while (Healthy.Exists(tenant => tenant.Users.Count(user => user.OnPremisesImmutableId is not null) > _proposals[tenant.Id].Count))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
        }

        return clock.Elapsed;
    }
}
