using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Reanchor.GraphSimulator;

namespace Reanchor.Benchmarks;

/// <summary>
/// Approved clears of several tenants at once through a Graph that refuses, fails and cuts connections, against the ceiling of their write
/// buckets. The buckets are emptied before the first approval, so what is measured is what they refill; approvals come faster than that.
/// </summary>
internal static class ClearsRun
{
    private const int Untouched = 10;
    private const double Mark = 0.95;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);

    /// <param name="clears">Shared out evenly; at most 10,000 for a tenant, for a scan proposes no more.</param>
    /// <param name="writesPer150Seconds">Of all tenants together. Graph's own limit is 3,000 for each.</param>
    /// <param name="tenants">How many; Azurite looks through all rows of a tenant for one, so a few thousand each is what it bears.</param>
    /// <returns>Whether every clear was made and told once and nothing else, at 95 % of the limit or more until the last.</returns>
    public static async Task<bool> MeasureAsync(int clears, int writesPer150Seconds, int tenants)
    {
        await using var graph = await BusyGraph.StartAsync();
        var (each, limit) = (clears / tenants, writesPer150Seconds / tenants);
        List<(SimulatedTenant Tenant, IReadOnlyList<JsonElement> Proposals)> proposed = [];

        for (var i = 0; i < tenants; i++)
        {
            var tenant = await graph.AddTenantAsync($"clears{i}", each, plainUsers: 500);
            proposed.Add((tenant, await ProposeAsync(graph, tenant, each)));
            Console.Error.WriteLine($"{each * (i + 1):N0} of {clears:N0} proposed");
        }

        var other = await graph.AddTenantAsync("untouched", Untouched, plainUsers: 10);
        await ProposeAsync(graph, other, Untouched);

        foreach (var (tenant, _) in proposed)
        {
            tenant.Settings = tenant.Settings with { Throttling = new() { ResourceUnitsPer10Seconds = 8_000, WritesPer150Seconds = limit } };
            await EmptyBucketAsync(graph, tenant);
        }

        List<ClearsProgress> all = [.. proposed.Select(p => new ClearsProgress(graph.Cloud, p.Tenant, [.. p.Proposals.Select(UserOf)]))];
        AddFaults(graph.Cloud);
        var clock = Stopwatch.StartNew();
        var cleared = ClearsProgress.WatchAsync(all, clock);
        await ApproveAsync(graph, proposed);
        Console.Error.WriteLine($"all approved after {clock.Elapsed.TotalSeconds:0} s");
        var (most, last) = await cleared;
        graph.Cloud.Faults.Clear();

        var ceiling = limit * tenants / 150.0;
        var (rate, toTheLast) = (each * tenants * 0.95 / most.TotalSeconds, each * tenants / last.TotalSeconds);
        Console.WriteLine(
            $"clears     {each * tenants:N0} of {tenants:N0} tenants with 30 % of all requests answered 429, 5 % 503, 2 % of the writes' answers lost; simulated limit {limit:N0} writes in 150 s for each = {ceiling:0.0}/s\n"
            + $"           {rate:0.00}/s = {rate / ceiling:P0} of the limit until 95 % were done ({most.TotalSeconds:0} s), {toTheLast:0.00}/s = {toTheLast / ceiling:P0} until the last ({last.TotalSeconds:0} s)");

        var isRight = WrongIn(other) is 0 && toTheLast / ceiling >= Mark;

        foreach (var progress in all)
        {
            isRight &= await CheckAsync(graph, progress);
        }

        return isRight;
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

    /// <summary>A few of each tenant in turn, so that all have something to clear from the start.</summary>
    private static Task ApproveAsync(BusyGraph graph, IEnumerable<(SimulatedTenant Tenant, IReadOnlyList<JsonElement> Proposals)> proposed) =>
        Parallel.ForEachAsync(
            proposed.SelectMany(t => t.Proposals.Chunk(20).Select((some, turn) => (t.Tenant, Some: some, Turn: turn))).OrderBy(c => c.Turn),
            async (chunk, cancellationToken) => await graph.Approver.PostAsync(
                $"tenants/{chunk.Tenant.Id}/decisions",
                new
                {
                    decisions = chunk.Some.Select(p => new
                    {
                        proposalId = p.GetProperty("proposalId").GetString(),
                        decision = "approve",
                        digest = p.GetProperty("digest").GetString(),
                        reason = "benchmark",
                    }),
                },
                cancellationToken));

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

    /// <summary>Users of a tenant with nothing approved that were written to.</summary>
    private static int WrongIn(SimulatedTenant other)
    {
        var wrong = Untouched - other.Users.Count(u => u.OnPremisesImmutableId is not null) + other.Requests.Count(r => r.Method == "PATCH");
        Console.WriteLine($"           {other.DisplayName}: wrong {wrong}");
        return wrong;
    }

    private static async Task<bool> CheckAsync(BusyGraph graph, ClearsProgress progress)
    {
        var (tenant, chosen) = (progress.Tenant, progress.Chosen);

        while ((await graph.ProposalsAsync(tenant, "cleared")).Count < chosen.Count)
        {
            await Task.Delay(BetweenLooks);
        }

        var writes = progress.EffectiveWrites();
        var notOnce = chosen.Count(user => writes.GetValueOrDefault(user) != 1) + writes.Keys.Except(chosen).Count();
        var incomplete = 0;

        foreach (var type in (string[])["ClearProposed", "ProposalApproved", "ClearStarted", "AnchorCleared"])
        {
            var told = (await graph.Administrator.ListAsync($"tenants/{tenant.Id}/audit?type={type}&top=1000", CancellationToken.None)).Select(UserOf).ToList();
            incomplete += chosen.Except(told).Count() + told.Count - told.Distinct().Count();
        }

        Console.WriteLine($"           {tenant.DisplayName}: lost {progress.Open}, users without exactly one effective write {notOnce}, events missing or told twice {incomplete}");
        return (progress.Open, notOnce, incomplete) is (0, 0, 0);
    }

    private static Guid UserOf(JsonElement element) => element.GetProperty("userId").GetGuid();
}
