using System.Net;
using System.Text.Json;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>A busy Graph slows its own tenant down, and loses nothing.</summary>
public sealed class ThrottlingTests
{
    private const int Healthy = 27;
    private const int Clears = 60;

    /// <summary>There is one worker. Were it to wait for a bad tenant, nobody would be served before that one is.</summary>
    [Fact]
    public async Task Scans_ThreeTenantsBusyAndOneWorker_TheOthersFinish()
    {
        await using var stage = await Stage.SetAsync();
        var down = stage.AddTenant("Down", leftovers: 1, plainUsers: 5);
        var away = stage.AddTenant("Away", leftovers: 1, plainUsers: 5);
        var crawling = stage.AddTenant("Crawling", leftovers: 1, plainUsers: 5);
        var healthy = Enumerable.Range(0, Healthy).Select(i => stage.AddTenant($"Healthy{i}", leftovers: 1, plainUsers: 5)).ToList();
        await using var host = await LocalHostProcess.StartAsync(
            stage.Storage,
            stage.Graph,
            ("AzureFunctionsJobHost__extensions__queues__batchSize", "1"),
            ("AzureFunctionsJobHost__extensions__queues__newBatchThreshold", "0"),
            ("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:01"));
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload"]);
        stage.Cloud.Faults.Add(new() { Kind = FaultKind.ServiceUnavailable, TenantId = down.Id });
        stage.Cloud.Faults.Add(new() { Kind = FaultKind.TooManyRequests, TenantId = away.Id, RetryAfter = 3600 });
        crawling.Settings = crawling.Settings with { Throttling = new() { ResourceUnitsPer10Seconds = 1 } };
        var scans = new Dictionary<Guid, string>();

        foreach (var tenant in stage.Cloud.Tenants.OrderBy(t => healthy.Contains(t)))
        {
            await Stage.RegisterAsync(ada, tenant, "report");
            var started = await ada.PostAsync($"tenants/{tenant.Id}/scans", new { mode = "report" }, HttpStatusCode.Accepted);
            scans[tenant.Id] = started.GetProperty("scanId").GetString()!;
        }

        await Deadline.UntilCountAsync("the healthy tenants are scanned", Healthy, async () =>
        {
            var done = 0;

            foreach (var tenant in healthy)
            {
                done += await StatusAsync(tenant) == "completed" ? 1 : 0;
            }

            return done;
        });

        foreach (var tenant in new[] { down, away, crawling })
        {
            Assert.Equal("running", await StatusAsync(tenant));
        }

        // A tenant's subjects are asked side by side; after the first refusal nobody asks again before the hour is over.
        Assert.InRange(away.Requests.Count, 1, 4);

        async Task<string?> StatusAsync(SimulatedTenant tenant) =>
            (await ada.GetAsync($"tenants/{tenant.Id}/scans/{scans[tenant.Id]}")).GetProperty("status").GetString();
    }

    [Fact]
    public async Task Clears_GraphRefusesAThirdAndCutsSome_EachIsMadeOnceAndRecordedOnce()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Proseware", leftovers: Clears + 5, plainUsers: 200);
        await using var host = await LocalHostProcess.StartAsync(
            stage.Storage,
            stage.Graph,
            ("AzureFunctionsJobHost__extensions__queues__maxPollingInterval", "00:00:01"),
            ("Reanchor__ClaimDuration", "00:00:20"),
            ("Reanchor__VerificationFirstDelay", "01:00:00"),
            ("Reanchor__VerificationMaxDelay", "01:00:00"));
        var approved = await ProposeAsync(host, tenant);

        stage.Cloud.Faults.Add(new() { Kind = FaultKind.TooManyRequests, Probability = 0.15, RetryAfter = 1 });
        stage.Cloud.Faults.Add(new() { Kind = FaultKind.TooManyRequests, Probability = 0.18 });
        stage.Cloud.Faults.Add(new() { Kind = FaultKind.ServiceUnavailable, Probability = 0.07 });
        stage.Cloud.Faults.Add(new() { Kind = FaultKind.CutAfter, Method = "PATCH", Probability = 0.04 });
        await ApproveAsync(host, tenant.Id, approved);

        using var reader = await Api.SignInAsync(host.Origin, "reader", ["Read"]);
        await Deadline.UntilCountAsync(
            "every approved user is cleared",
            Clears,
            async () => (await reader.ListAsync($"tenants/{tenant.Id}/proposals?status=cleared")).Count);

        var users = approved.Select(UserOf).Order().ToList();
        Assert.All(stage.Cloud.Faults.Active, f => Assert.True(f.Struck > 0));
        Assert.Equal(users, tenant.Users.Where(u => u.OnPremisesImmutableId is null && users.Contains(u.Id)).Select(u => u.Id).Order());
        Assert.Equal(5, tenant.Users.Count(u => u.OnPremisesImmutableId is not null));

        // A request whose answer was cut has no status in the simulator's log; it was carried out all the same.
        var applied = tenant.Requests.Where(r => r.Method == "PATCH" && r.Status is not (429 or 503));
        Assert.Equal(users, applied.Select(r => Guid.Parse(r.Target.Split('/')[^1])).Order());
        var events = (await reader.ListAsync($"tenants/{tenant.Id}/audit?top=1000")).ToLookup(e => e.GetProperty("type").GetString());
        Assert.Equal(users, events["AnchorCleared"].Select(UserOf).Order());
        Assert.Equal(users, events["ClearStarted"].Select(UserOf).Order());
        Assert.Empty(events["MessagePoisoned"]);
    }

    private static async Task<List<JsonElement>> ProposeAsync(LocalHostProcess host, SimulatedTenant tenant)
    {
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload"]);
        await Stage.RegisterAsync(ada, tenant, "propose", new { maxProposalsPerScan = 1000, maxClearsPerHour = 1000, twoApprovalsAbove = 1000 });
        await ada.PostAsync($"tenants/{tenant.Id}/scans", new { mode = "propose" }, HttpStatusCode.Accepted);
        List<JsonElement> pending = [];
        await Deadline.UntilCountAsync(
            "all are proposed",
            Clears + 5,
            async () => (pending = await ada.ListAsync($"tenants/{tenant.Id}/proposals?status=pending")).Count);
        return [.. pending.Take(Clears)];
    }

    private static async Task ApproveAsync(LocalHostProcess host, Guid tenant, List<JsonElement> proposals)
    {
        using var piet = await Api.SignInAsync(host.Origin, "piet", ["Approve"]);

        foreach (var some in proposals.Chunk(50))
        {
            await piet.PostAsync($"tenants/{tenant}/decisions", new
            {
                decisions = some.Select(p => new
                {
                    proposalId = p.GetProperty("proposalId").GetString(),
                    decision = "approve",
                    digest = p.GetProperty("digest").GetString(),
                    reason = "checked",
                }),
            });
        }
    }

    private static Guid UserOf(JsonElement element) => element.GetProperty("userId").GetGuid();
}
