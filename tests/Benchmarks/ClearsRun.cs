using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Reanchor.GraphSimulator;

namespace Reanchor.Benchmarks;

/// <summary>
/// Approved clears of several tenants at once through a Graph that refuses, fails and cuts connections, against the ceiling of their write
/// buckets. The buckets are emptied before the first approval, so what is measured is what they refill. Somebody approves as the clears get
/// on, a few ahead in each tenant, and every tenant's sync runs and matches: so the queues stay as long as in life. Azurite sorts all messages
/// anew for each one that goes; with ten thousand in it, it would be Azurite that is measured.
/// </summary>
internal static class ClearsRun
{
    private const int Untouched = 10;
    private const double Mark = 0.95;
    private const int Ahead = 12;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan BetweenSyncs = TimeSpan.FromMinutes(1);

    /// <param name="clears">Shared out evenly; at most 10,000 for a tenant, for a scan proposes no more.</param>
    /// <param name="writesPer150Seconds">Of all tenants together. Graph's own limit is 3,000 for each.</param>
    /// <param name="tenants">How many; Azurite looks through all rows of a tenant for one, so a few hundred clears each is what it bears.</param>
    /// <returns>Whether every clear was made, verified and told once and nothing else, at 95 % of the limit or more until the last.</returns>
    public static async Task<bool> MeasureAsync(int clears, int writesPer150Seconds, int tenants)
    {
        await using var graph = await BusyGraph.StartAsync(BetweenSyncs);
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

        List<ClearsProgress> all = [.. proposed.Select(p => new ClearsProgress(p.Tenant, [.. p.Proposals.Select(UserOf)]))];
        AddFaults(graph.Cloud);
        var clock = Stopwatch.StartNew();
        using var ended = new CancellationTokenSource();
        var syncs = SyncAsync(all, ended.Token);
        var approvals = all.Zip(proposed, (progress, p) => ApproveAsync(graph, progress, p.Proposals)).ToList();
        var (most, last) = await ClearsProgress.WatchAsync(graph.Cloud, all, clock);
        await Task.WhenAll(approvals);
        graph.Cloud.Faults.Clear();

        var ceiling = limit * tenants / 150.0;
        var (rate, toTheLast) = (each * tenants * 0.95 / most.TotalSeconds, each * tenants / last.TotalSeconds);
        Console.WriteLine(
            $"clears     {each * tenants:N0} of {tenants:N0} tenants with 30 % of all requests answered 429, 5 % 503, 2 % of the writes' answers lost; simulated limit {limit:N0} writes in 150 s for each = {ceiling:0.0}/s\n"
            + $"           {rate:0.00}/s = {rate / ceiling:P0} of the limit until 95 % were done ({most.TotalSeconds:0} s), {toTheLast:0.00}/s = {toTheLast / ceiling:P0} until the last ({last.TotalSeconds:0} s)");

        var wrong = (Open: 0, NotOnce: 0, Untold: 0);
        var isRight = WrongIn(other) is 0 && toTheLast / ceiling >= Mark;

        foreach (var progress in all)
        {
            var (open, notOnce, untold) = await CheckAsync(graph, progress);
            wrong = (wrong.Open + open, wrong.NotOnce + notOnce, wrong.Untold + untold);
        }

        Console.WriteLine($"           not verified {wrong.Open}, users without exactly one effective write {wrong.NotOnce}, events missing or told twice {wrong.Untold}");

        await ended.CancelAsync();
        await syncs;
        return isRight && wrong is (0, 0, 0);
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

    /// <summary>A few at a time, so that the tenant always has something to clear.</summary>
    private static async Task ApproveAsync(BusyGraph graph, ClearsProgress progress, IReadOnlyList<JsonElement> proposals)
    {
        foreach (var (i, some) in proposals.Chunk(Ahead / 2).Index())
        {
            while ((i * (Ahead / 2)) + some.Length - progress.Cleared > Ahead)
            {
                await Task.Delay(TimeSpan.FromSeconds(1));
            }

            await graph.ApproveAsync(progress.Tenant, some, CancellationToken.None);
        }
    }

    private static async Task SyncAsync(List<ClearsProgress> all, CancellationToken ended)
    {
        using var timer = new PeriodicTimer(BetweenSyncs / all.Count);

        try
        {
            for (var i = 0; await timer.WaitForNextTickAsync(ended); i++)
            {
                all[i % all.Count].Tenant.RunSync();
            }
        }
        catch (OperationCanceledException)
        {
            // That is how it ends.
        }
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

    /// <summary>Users of a tenant with nothing approved that were written to.</summary>
    private static int WrongIn(SimulatedTenant other)
    {
        var wrong = Untouched - other.Users.Count(u => u.OnPremisesImmutableId is not null) + other.Requests.Count(r => r.Method == "PATCH");
        Console.WriteLine($"           {other.DisplayName}: wrong {wrong}");
        return wrong;
    }

    private static async Task<(int Open, int NotOnce, int Untold)> CheckAsync(BusyGraph graph, ClearsProgress progress)
    {
        var (tenant, chosen) = (progress.Tenant, progress.Chosen);

        while ((await graph.ProposalsAsync(tenant, "cleared")).Count > 0)
        {
            await Task.Delay(BetweenLooks);
        }

        var open = chosen.Count - (await graph.ProposalsAsync(tenant, "verified")).Count;
        var writes = progress.EffectiveWrites();
        var notOnce = chosen.Count(user => writes.GetValueOrDefault(user) != 1) + writes.Keys.Except(chosen).Count();
        var untold = 0;

        foreach (var type in (string[])["ClearProposed", "ProposalApproved", "ClearStarted", "AnchorCleared", "MatchVerified"])
        {
            var told = (await graph.Administrator.ListAsync($"tenants/{tenant.Id}/audit?type={type}&top=1000", CancellationToken.None)).Select(UserOf).ToList();
            untold += chosen.Except(told).Count() + told.Count - told.Distinct().Count();
        }

        return (open, notOnce, untold);
    }

    private static Guid UserOf(JsonElement element) => element.GetProperty("userId").GetGuid();
}
