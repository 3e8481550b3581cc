using System.Net;
using System.Text.Json;
using Reanchor.GraphSimulator;
using Reanchor.Queueing;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>What holds approved writes back, who may let them go, and what the trail says of it.</summary>
public sealed class BrakeTests
{
    [Fact]
    public async Task Pause_OfATenant_HoldsClearsAndRestoresUntilAnAdministratorResumes()
    {
        await using var stage = await Stage.SetAsync();
        await using var run = await ClearingRun.StartAsync(stage.AddTenant("Adventure", leftovers: 2), stage, ClearingRun.VerifiesLater);
        using var rita = await run.SignInAsync("rita", "Read");
        using var olga = await run.SignInAsync("olga", "Operate");
        var proposals = await run.ProposeAsync(2);
        await run.ApproveAsync(proposals[0]);
        await run.StatusAsync(proposals[0], "cleared");

        await ClearingRun.RefusedAsync(rita, $"{run.Path}/pause", HttpStatusCode.Forbidden);
        await run.Piet.PostAsync($"{run.Path}/pause", new { reason = " " }, HttpStatusCode.BadRequest);
        var paused = await run.Piet.PostAsync($"{run.Path}/pause", new { reason = "two users called" });
        await ClearingRun.RefusedAsync(olga, $"{run.Path}/pause", HttpStatusCode.Conflict);
        await run.ApproveAsync(proposals[1]);
        await run.Piet.PostAsync($"{run.Of(proposals[0])}/restore-anchor", new { reason = "wrong user" }, HttpStatusCode.Accepted);
        await run.ClearsHandledAsync();
        await run.HandledAsync(QueueNames.Restores);

        Assert.Equal("two users called", paused.GetProperty("pause").GetProperty("reason").GetString());
        Assert.Equal("approved", (await run.ReadAsync(proposals[1])).GetProperty("status").GetString());
        Assert.Equal("restoring", (await run.ReadAsync(proposals[0])).GetProperty("status").GetString());
        Assert.Single(run.Writes);

        await ClearingRun.RefusedAsync(run.Piet, $"{run.Path}/resume", HttpStatusCode.Forbidden);
        await ClearingRun.RefusedAsync(olga, $"{run.Path}/resume", HttpStatusCode.Forbidden);
        await run.Ada.PostAsync($"{run.Path}/resume", new { reason = "it was another tenant" });
        await run.StatusAsync(proposals[1], "cleared");
        await run.StatusAsync(proposals[0], "restored");

        Assert.Equal(proposals[0].GetProperty("anchor").GetString(), run.UserOf(proposals[0]).OnPremisesImmutableId);
        Assert.Equal(3, run.Writes.Count);
        Assert.Equal("two users called", Assert.Single(await run.EventsAsync("TenantPaused")).GetProperty("reason").GetString());
        var resumed = Assert.Single(await run.EventsAsync("TenantResumed"));
        Assert.Equal("it was another tenant", resumed.GetProperty("reason").GetString());
        Assert.Equal("ada", resumed.GetProperty("actor").GetProperty("name").GetString());
    }

    [Fact]
    public async Task Stop_OfEverything_HoldsAnApprovedClearUntilItIsLifted()
    {
        await using var stage = await Stage.SetAsync();
        await using var run = await ClearingRun.StartAsync(stage.AddTenant("Bellows", leftovers: 1), stage, ClearingRun.VerifiesLater);
        using var rita = await run.SignInAsync("rita", "Read");
        using var olga = await run.SignInAsync("olga", "Operate");
        var proposal = Assert.Single(await run.ProposeAsync(1));

        await ClearingRun.RefusedAsync(rita, "stop", HttpStatusCode.Forbidden);
        var stopped = await olga.PostAsync("stop", new { reason = "two users called" });
        await run.ApproveAsync(proposal);
        await run.ClearsHandledAsync();

        Assert.Equal((true, "olga"), (stopped.GetProperty("stopped").GetBoolean(), stopped.GetProperty("by").GetProperty("name").GetString()));
        Assert.Equal("approved", (await run.ReadAsync(proposal)).GetProperty("status").GetString());
        Assert.Empty(run.Writes);
        var overview = await rita.GetAsync("overview");
        Assert.True(overview.GetProperty("stop").GetProperty("stopped").GetBoolean());
        Assert.Equal(run.Tenant.Id, Assert.Single(overview.GetProperty("items").EnumerateArray()).GetProperty("tenantId").GetGuid());

        await ClearingRun.RefusedAsync(olga, "stop/lift", HttpStatusCode.Forbidden);
        await run.Ada.PostAsync("stop/lift", new { reason = "it was a rumour" });
        await run.StatusAsync(proposal, "cleared");

        Assert.Single(run.Writes);
        Assert.False((await rita.GetAsync("stop")).GetProperty("stopped").GetBoolean());
        Assert.Equal(
            ["StopLifted", "EverythingStopped"], (await run.Ada.ListAsync("audit")).Select(told => told.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task Clears_BeyondTheHour_WaitAndAreToldOnce()
    {
        await using var stage = await Stage.SetAsync();
        await using var run = await ClearingRun.StartAsync(
            stage.AddTenant("Alpine", leftovers: 3), stage, ClearingRun.VerifiesLater, new { maxClearsPerHour = 1 });
        var proposals = await run.ProposeAsync(3);
        await run.ApproveAsync(proposals);

        await Deadline.UntilAsync("one is cleared and two wait", async () =>
        {
            var all = await run.Ada.ListAsync($"{run.Path}/proposals");
            return all.Count(p => p.GetProperty("status").GetString() == "cleared") == 1
                && all.Count(p => p.GetProperty("waiting").ValueKind is JsonValueKind.Object) == 2;
        });

        var write = Assert.Single(run.Writes);
        var told = Assert.Single(await run.EventsAsync("ClearLimitReached"));
        Assert.Equal(1, told.GetProperty("details").GetProperty("clears").GetInt32());
        var until = told.GetProperty("details").GetProperty("waitsUntil").GetDateTimeOffset();
        Assert.InRange(until - write.ReceivedAt, TimeSpan.FromMinutes(59), TimeSpan.FromHours(1));
        Assert.All(await run.Ada.ListAsync($"{run.Path}/proposals?status=approved"), waiting =>
        {
            Assert.Contains("maxClearsPerHour", waiting.GetProperty("waiting").GetProperty("because").GetString(), StringComparison.Ordinal);
            Assert.Equal(until, waiting.GetProperty("waiting").GetProperty("until").GetDateTimeOffset());
        });
    }

    [Fact]
    public async Task Quarantine_AfterRefusals_HoldsClearsUntilAnAdministratorLiftsItWithAReason()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Blue", leftovers: 7);
        tenant.Settings = tenant.Settings with { Permissions = [.. GraphPermissions.All.Except([GraphPermissions.UserReadWriteAll])] };
        await using var run = await ClearingRun.StartAsync(tenant, stage, ClearingRun.VerifiesLater);
        var proposals = await run.ProposeAsync(7);
        await run.ApproveAsync(proposals.Take(5));

        foreach (var refused in proposals.Take(5))
        {
            Assert.Equal("permission", (await run.StatusAsync(refused, "refused")).GetProperty("refusalCause").GetString());
        }

        tenant.Settings = tenant.Settings with { Permissions = GraphPermissions.All };
        await run.ApproveAsync(proposals.Skip(5));
        await run.ClearsHandledAsync();

        Assert.Equal(2, (await run.Ada.ListAsync($"{run.Path}/proposals?status=approved")).Count);
        Assert.Equal(5, run.Writes.Count);
        AssertFigures((await run.Ada.GetAsync(run.Path)).GetProperty("quarantine"));

        await ClearingRun.RefusedAsync(run.Piet, $"{run.Path}/quarantine/lift", HttpStatusCode.Forbidden);
        await run.Ada.PostAsync($"{run.Path}/quarantine/lift", new { reason = "" }, HttpStatusCode.BadRequest);
        await run.Ada.PostAsync($"{run.Path}/quarantine/lift", new { reason = "consent is given again" });
        await run.StatusAsync(proposals[5], "cleared");
        await run.StatusAsync(proposals[6], "cleared");
        var nothing = await ClearingRun.RefusedAsync(run.Ada, $"{run.Path}/quarantine/lift", HttpStatusCode.Conflict);

        Assert.Contains("not in quarantine", nothing, StringComparison.Ordinal);
        Assert.Equal(7, run.Writes.Count);
        AssertFigures(Assert.Single(await run.EventsAsync("TenantQuarantined")).GetProperty("details"));
        Assert.Equal("consent is given again", Assert.Single(await run.EventsAsync("QuarantineLifted")).GetProperty("reason").GetString());
    }

    private static void AssertFigures(JsonElement figures) => Assert.Equal(
        (5, 5, 20),
        (Figure(figures, "failures"), Figure(figures, "outcomes"), Figure(figures, "maxFailurePercent")));

    private static int Figure(JsonElement figures, string name) => figures.GetProperty(name).GetInt32();
}
