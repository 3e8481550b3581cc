using System.Text.Json;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

public sealed class CrashTests
{
    private const int Clears = 50;
    private const int Kills = 8;

    /// <summary>kill -9, again and again, while fifty approved clears are on their way.</summary>
    [Fact]
    public async Task Clears_ProcessKilledAgainAndAgain_EndWithExactlyTheApprovedOnesClearedOnce()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Wingtip", leftovers: Clears + 5, plainUsers: 200);
        var host = await StartAsync(stage);

        try
        {
            var proposals = await ProposeAsync(host, tenant);
            var approved = proposals.Take(Clears).ToList();
            var left = proposals.Skip(Clears).Select(UserOf).ToHashSet();
            var random = new Random(20261127);
            await ApproveAsync(host, tenant.Id, approved);

            for (var kill = 0; kill < Kills; kill++)
            {
                // A moment of its own each time: after so many more writes have reached the directory.
                var writes = Writes(tenant) + random.Next(1, 5);
                await Deadline.UntilAsync(
                    "more is written, or all is", () => Writes(tenant) >= writes || Cleared(tenant, approved) == Clears);
                host.Kill();
                await host.DisposeAsync();
                host = await StartAsync(stage);
            }

            using var reader = await Api.SignInAsync(host.Origin, "reader", ["Read"]);
            await Deadline.UntilAsync("every approved user is cleared", async () =>
                (await reader.ListAsync($"tenants/{tenant.Id}/proposals?status=cleared")).Count == Clears);
            var events = (await reader.ListAsync($"tenants/{tenant.Id}/audit?top=1000"))
                .ToLookup(e => e.GetProperty("type").GetString());

            Assert.Equal(Clears, Cleared(tenant, approved));
            Assert.All(tenant.Users.Where(u => left.Contains(u.Id)), u => Assert.NotNull(u.OnPremisesImmutableId));
            Assert.Equal(approved.Select(UserOf).Order(), events["ClearStarted"].Select(UserOf).Order());
            Assert.Equal(approved.Select(UserOf).Order(), events["AnchorCleared"].Select(UserOf).Order());
            Assert.Equal(5, (await reader.ListAsync($"tenants/{tenant.Id}/proposals?status=pending")).Count);
        }
        finally
        {
            await host.DisposeAsync();
        }
    }

    private static Task<LocalHostProcess> StartAsync(Stage stage) => LocalHostProcess.StartAsync(
        stage.Storage,
        stage.Graph,
        ("LocalHost__MessageLease", "00:00:02"),
        ("AzureFunctionsJobHost__extensions__queues__visibilityTimeout", "00:00:00"),
        ("AzureFunctionsJobHost__extensions__queues__maxDequeueCount", "50"),
        ("Reanchor__ClaimDuration", "00:00:04"),
        ("Reanchor__VerificationFirstDelay", "00:10:00"),
        ("Reanchor__VerificationMaxDelay", "00:10:00"));

    private static async Task<List<JsonElement>> ProposeAsync(LocalHostProcess host, GraphSimulator.SimulatedTenant tenant)
    {
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload"]);
        await Stage.RegisterAsync(ada, tenant, "propose");
        await ada.ScanAsync(tenant.Id, "propose");
        List<JsonElement> pending = [];
        await Deadline.UntilAsync("all are proposed", async () =>
        {
            pending = await ada.ListAsync($"tenants/{tenant.Id}/proposals?status=pending");
            return pending.Count == Clears + 5;
        });
        return pending;
    }

    private static async Task ApproveAsync(LocalHostProcess host, Guid tenant, List<JsonElement> proposals)
    {
        using var piet = await Api.SignInAsync(host.Origin, "piet", ["Approve"]);
        await piet.PostAsync($"tenants/{tenant}/decisions", new
        {
            decisions = proposals.Select(p => new
            {
                proposalId = p.GetProperty("proposalId").GetString(),
                decision = "approve",
                digest = p.GetProperty("digest").GetString(),
                reason = "checked",
            }),
        });
    }

    private static int Writes(GraphSimulator.SimulatedTenant tenant) => tenant.Requests.Count(r => r.Method == "PATCH");

    private static int Cleared(GraphSimulator.SimulatedTenant tenant, List<JsonElement> proposals)
    {
        var ids = proposals.Select(UserOf).ToHashSet();
        return tenant.Users.Count(u => ids.Contains(u.Id) && u.OnPremisesImmutableId is null);
    }

    private static Guid UserOf(JsonElement element) => element.GetProperty("userId").GetGuid();
}
