using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Reanchor.GraphSimulator;

namespace Reanchor.Benchmarks;

/// <summary>
/// Approved clears of one tenant through a Graph that refuses, fails and cuts connections, against the ceiling of its write bucket.
/// The bucket is emptied first, so what is measured is what it refills.
/// </summary>
internal static class ClearsRun
{
    private const int Untouched = 10;

    /// <param name="clears">At most 9,990: a scan proposes 10,000 at most.</param>
    /// <param name="writesPer150Seconds">Graph's own limit is 3,000.</param>
    public static async Task MeasureAsync(int clears, int writesPer150Seconds)
    {
        await using var graph = await BusyGraph.StartAsync();
        var tenant = await graph.AddTenantAsync("clears", clears + Untouched, plainUsers: 500);
        var proposals = await ProposeAsync(graph, tenant, clears + Untouched);
        var chosen = proposals.Take(clears).Select(UserOf).ToHashSet();

        // No clear of the measured ones leaves before all are approved.
        await graph.Administrator.PostAsync($"tenants/{tenant.Id}/pause", new { reason = "benchmark" }, CancellationToken.None);
        await ApproveAsync(graph, tenant, proposals.Take(clears));
        tenant.Settings = tenant.Settings with { Throttling = new() { ResourceUnitsPer10Seconds = 8_000, WritesPer150Seconds = writesPer150Seconds } };
        await EmptyBucketAsync(graph, tenant, writesPer150Seconds);
        AddFaults(graph.Cloud);

        var clock = Stopwatch.StartNew();
        await graph.Administrator.PostAsync($"tenants/{tenant.Id}/resume", new { reason = "benchmark" }, CancellationToken.None);
        var (most, all) = await WaitAsync(tenant, chosen, clock);
        graph.Cloud.Faults.Clear();
        await PrintAsync(graph, tenant, chosen, writesPer150Seconds, most, all);
    }

    private static async Task<IReadOnlyList<JsonElement>> ProposeAsync(BusyGraph graph, SimulatedTenant tenant, int count)
    {
        await graph.StartScanAsync(tenant, "propose");
        IReadOnlyList<JsonElement> pending;

        while ((pending = await graph.ProposalsAsync(tenant, "pending")).Count < count)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        return pending;
    }

    private static async Task ApproveAsync(BusyGraph graph, SimulatedTenant tenant, IEnumerable<JsonElement> proposals)
    {
        foreach (var some in proposals.Chunk(100))
        {
            await graph.Approver.PostAsync(
                $"tenants/{tenant.Id}/decisions",
                new
                {
                    decisions = some.Select(p => new
                    {
                        proposalId = p.GetProperty("proposalId").GetString(),
                        decision = "approve",
                        digest = p.GetProperty("digest").GetString(),
                        reason = "benchmark",
                    }),
                },
                CancellationToken.None);
        }
    }

    /// <summary>Writes that change nothing, in the name of the product's application.</summary>
    private static async Task EmptyBucketAsync(BusyGraph graph, SimulatedTenant tenant, int writes)
    {
        var claims = JsonSerializer.SerializeToUtf8Bytes(new { tid = tenant.Id, appid = SimulatedCloud.ApplicationId });
        using var http = new HttpClient { BaseAddress = graph.Graph };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", $"e30.{Convert.ToBase64String(claims).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.");
        var plain = tenant.Users.First(u => u.OnPremisesImmutableId is null).Id;

        for (var i = 0; i < writes; i++)
        {
            using var body = new StringContent("""{"onPremisesImmutableId":null}""", Encoding.UTF8, "application/json");
            using var answer = await http.PatchAsync(new Uri($"beta/users/{plain}", UriKind.Relative), body);
        }
    }

    /// <summary>Of all writes 15 % are answered 429 with Retry-After, 15 % without and 5 % 503; of 2 % the answer is lost.</summary>
    private static void AddFaults(SimulatedCloud cloud)
    {
        // Each fault draws among the requests that those before it let pass.
        cloud.Faults.Add(new() { Kind = FaultKind.TooManyRequests, Method = "PATCH", Probability = 0.15, RetryAfter = 1 });
        cloud.Faults.Add(new() { Kind = FaultKind.TooManyRequests, Method = "PATCH", Probability = 0.15 / 0.85 });
        cloud.Faults.Add(new() { Kind = FaultKind.ServiceUnavailable, Method = "PATCH", Probability = 0.05 / 0.70 });
        cloud.Faults.Add(new() { Kind = FaultKind.CutAfter, Method = "PATCH", Probability = 0.02 / 0.65 });
    }

    private static async Task<(TimeSpan Most, TimeSpan All)> WaitAsync(SimulatedTenant tenant, HashSet<Guid> chosen, Stopwatch clock)
    {
        var most = TimeSpan.Zero;

        while (true)
        {
            var open = tenant.Users.Count(u => u.OnPremisesImmutableId is not null && chosen.Contains(u.Id));
            most = most == TimeSpan.Zero && open <= chosen.Count / 20 ? clock.Elapsed : most;

            if (open == 0)
            {
                return (most, clock.Elapsed);
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200));
        }
    }

    private static async Task PrintAsync(
        BusyGraph graph, SimulatedTenant tenant, HashSet<Guid> chosen, int limit, TimeSpan most, TimeSpan all)
    {
        while ((await graph.ProposalsAsync(tenant, "cleared")).Count < chosen.Count)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
        }

        var ceiling = limit / 150.0;
        var (rate, toTheLast) = (chosen.Count * 0.95 / most.TotalSeconds, chosen.Count / all.TotalSeconds);
        var told = (await graph.Administrator.ListAsync($"tenants/{tenant.Id}/audit?type=AnchorCleared&top=1000", CancellationToken.None)).Select(UserOf).ToList();
        var wrong = Untouched - tenant.Users.Count(u => u.OnPremisesImmutableId is not null && !chosen.Contains(u.Id));
        Console.WriteLine(
            $"clears     {chosen.Count:N0} with 30 % of the writes answered 429, 5 % 503, 2 % answers lost; simulated limit {limit:N0} writes in 150 s = {ceiling:0.0}/s\n"
            + $"           {rate:0.0}/s = {rate / ceiling:P0} of the limit until 95 % were done ({most.TotalSeconds:0} s), {toTheLast:0.0}/s = {toTheLast / ceiling:P0} until the last ({all.TotalSeconds:0} s)\n"
            + $"           lost {chosen.Except(told).Count()}, wrong {wrong}, told twice {told.Count - told.Distinct().Count()}");
    }

    private static Guid UserOf(JsonElement element) => element.GetProperty("userId").GetGuid();
}
