using System.Diagnostics;
using System.Net;
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
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    /// <param name="clears">At most 10,000: a scan proposes no more.</param>
    /// <param name="writesPer150Seconds">Graph's own limit is 3,000.</param>
    /// <returns>Whether every clear was made and told once, and nothing else.</returns>
    public static async Task<bool> MeasureAsync(int clears, int writesPer150Seconds)
    {
        await using var graph = await BusyGraph.StartAsync();
        var tenant = await graph.AddTenantAsync("clears", clears, plainUsers: 500);
        var other = await graph.AddTenantAsync("untouched", Untouched, plainUsers: 10);
        var proposals = await ProposeAsync(graph, tenant, clears);
        await ProposeAsync(graph, other, Untouched);
        var chosen = proposals.Select(UserOf).ToHashSet();

        tenant.Settings = tenant.Settings with { Throttling = new() { ResourceUnitsPer10Seconds = 8_000, WritesPer150Seconds = writesPer150Seconds } };
        await EmptyBucketAsync(graph, tenant);
        AddFaults(graph.Cloud);

        var progress = new ClearsProgress(graph.Cloud, tenant, chosen);
        var clock = Stopwatch.StartNew();

        // The figure means something only while approvals come faster than clears: with 10,000 rows Azurite took three a second.
        await Task.WhenAll(ApproveAsync(graph, tenant, proposals), progress.UntilDoneAsync(clock));
        graph.Cloud.Faults.Clear();

        while ((await graph.ProposalsAsync(tenant, "cleared")).Count < clears)
        {
            await Task.Delay(BetweenLooks);
        }

        var ceiling = writesPer150Seconds / 150.0;
        var (rate, toTheLast) = (clears * 0.95 / progress.Most.TotalSeconds, clears / progress.All.TotalSeconds);
        Console.WriteLine(
            $"clears     {clears:N0} with 30 % of all requests answered 429, 5 % 503, 2 % of the writes' answers lost; simulated limit {writesPer150Seconds:N0} writes in 150 s = {ceiling:0.0}/s\n"
            + $"           {rate:0.00}/s = {rate / ceiling:P0} of the limit until 95 % were done ({progress.Most.TotalSeconds:0} s), {toTheLast:0.00}/s = {toTheLast / ceiling:P0} until the last ({progress.All.TotalSeconds:0} s)");
        return await CheckAsync(graph, tenant, other, chosen, progress);
    }

    private static async Task<IReadOnlyList<JsonElement>> ProposeAsync(BusyGraph graph, SimulatedTenant tenant, int count)
    {
        await graph.StartScanAsync(tenant, "propose");
        IReadOnlyList<JsonElement> pending;

        while ((pending = await graph.ProposalsAsync(tenant, "pending")).Count < count)
        {
            await Task.Delay(BetweenLooks);
        }

        return pending;
    }

    private static async Task ApproveAsync(BusyGraph graph, SimulatedTenant tenant, IEnumerable<JsonElement> proposals)
    {
        // Each post decides one after the other.
        await Parallel.ForEachAsync(
            proposals.Chunk(100),
            async (some, cancellationToken) => await graph.Approver.PostAsync(
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
                cancellationToken));
    }

    /// <summary>Writes that change nothing, in the name of the product's application, until one is refused.</summary>
    private static async Task EmptyBucketAsync(BusyGraph graph, SimulatedTenant tenant)
    {
        var claims = JsonSerializer.SerializeToUtf8Bytes(new { tid = tenant.Id, appid = SimulatedCloud.ApplicationId });
        using var http = new HttpClient { BaseAddress = graph.Graph };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Bearer", $"e30.{Convert.ToBase64String(claims).TrimEnd('=').Replace('+', '-').Replace('/', '_')}.");
        var plain = tenant.Users.First(u => u.OnPremisesImmutableId is null).Id;

        HttpStatusCode status;

        do
        {
            using var body = new StringContent("""{"onPremisesImmutableId":null}""", Encoding.UTF8, "application/json");
            using var answer = await http.PatchAsync(new Uri($"beta/users/{plain}", UriKind.Relative), body);
            status = answer.StatusCode;
        }
        while (status is not HttpStatusCode.TooManyRequests);
    }

    /// <summary>Of all requests 15 % are answered 429 with Retry-After, 15 % without and 5 % 503; of 2 % of the writes the answer is lost.</summary>
    private static void AddFaults(SimulatedCloud cloud)
    {
        // Each fault draws among the requests that those before it let pass.
        cloud.Faults.Add(new() { Kind = FaultKind.TooManyRequests, Probability = 0.15, RetryAfter = 1 });
        cloud.Faults.Add(new() { Kind = FaultKind.TooManyRequests, Probability = 0.15 / 0.85 });
        cloud.Faults.Add(new() { Kind = FaultKind.ServiceUnavailable, Probability = 0.05 / 0.70 });
        cloud.Faults.Add(new() { Kind = FaultKind.CutAfter, Method = "PATCH", Probability = 0.02 / 0.65 });
    }

    private static async Task<bool> CheckAsync(
        BusyGraph graph, SimulatedTenant tenant, SimulatedTenant other, HashSet<Guid> chosen, ClearsProgress progress)
    {
        var lost = tenant.Users.Count(u => u.OnPremisesImmutableId is not null && chosen.Contains(u.Id));
        var wrong = Untouched - other.Users.Count(u => u.OnPremisesImmutableId is not null) + other.Requests.Count(r => r.Method == "PATCH");
        var writes = progress.EffectiveWrites();
        var notOnce = chosen.Count(user => writes.GetValueOrDefault(user) != 1) + writes.Keys.Except(chosen).Count();
        var incomplete = 0;

        foreach (var type in (string[])["ClearProposed", "ProposalApproved", "ClearStarted", "AnchorCleared"])
        {
            var told = (await graph.Administrator.ListAsync($"tenants/{tenant.Id}/audit?type={type}&top=1000", CancellationToken.None)).Select(UserOf).ToList();
            incomplete += chosen.Except(told).Count() + told.Count - told.Distinct().Count();
        }

        Console.WriteLine($"           lost {lost}, wrong {wrong}, users without exactly one effective write {notOnce}, events missing or told twice {incomplete}");
        return (lost, wrong, notOnce, incomplete) is (0, 0, 0, 0);
    }

    private static Guid UserOf(JsonElement element) => element.GetProperty("userId").GetGuid();
}
