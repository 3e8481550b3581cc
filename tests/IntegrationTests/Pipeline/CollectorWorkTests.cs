using System.Net;
using System.Text.Json;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

public sealed class CollectorWorkTests
{
    [Fact]
    public async Task Work_AfterAClear_IsWantedUntilItIsReported()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Munson", leftovers: 1);
        await using var host = await LocalHostProcess.StartAsync(
            stage.Storage, stage.Graph, ("Reanchor__VerificationFirstDelay", "00:10:00"), ("Reanchor__VerificationMaxDelay", "00:10:00"));
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload"]);
        using var collector = await Api.SignInAsync(host.Origin, "collector", ["Upload"], $"{tenant.Id}");
        using var piet = await Api.SignInAsync(host.Origin, "piet", ["Approve"]);
        var work = $"tenants/{tenant.Id}/collectors/corp/work";
        await Stage.RegisterAsync(ada, tenant, "propose");

        var idle = await collector.GetAsync(work);
        await ada.ScanAsync(tenant.Id, "propose");
        await ClearAsync(piet, tenant.Id);
        var wanted = await collector.GetAsync(work);
        await collector.PostAsync(work, new { synced = true, detail = "Success" }, HttpStatusCode.NoContent);
        var done = await collector.GetAsync(work);

        Assert.Equal("""{"syncWanted":false,"since":null}""", idle.GetRawText());
        Assert.True(wanted.GetProperty("syncWanted").GetBoolean());
        Assert.True(wanted.GetProperty("since").TryGetDateTimeOffset(out _));
        Assert.Equal("""{"syncWanted":false,"since":null}""", done.GetRawText());
        var told = Assert.Single(
            await ada.ListAsync($"tenants/{tenant.Id}/audit"), e => e.GetProperty("type").GetString() == "SyncReported");
        Assert.Equal("""{"collector":"corp","synced":true,"detail":"Success"}""", told.GetProperty("details").GetRawText());
    }

    [Fact]
    public async Task Work_AskedWrongly_IsRefused()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Munson", leftovers: 1);
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph);
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Upload"]);
        using var olga = await Api.SignInAsync(host.Origin, "olga", ["Operate", "Approve", "Read"]);
        await Stage.RegisterAsync(ada, tenant, "report");

        Assert.Equal(404, await StatusAsync(ada, "GET", "emea"));
        Assert.Equal(404, await StatusAsync(ada, "GET", "Corp!"));
        Assert.Equal(404, await StatusAsync(ada, "POST", "emea", """{"synced":true}"""));
        Assert.Equal(400, await StatusAsync(ada, "POST", "corp", """{"detail":"none"}"""));
        Assert.Equal(400, await StatusAsync(ada, "POST", "corp", """{"synced":"yes"}"""));
        Assert.Equal(415, await StatusAsync(ada, "POST", "corp", "synced=true", "text/plain"));
        Assert.Equal(204, await StatusAsync(ada, "POST", "corp", """{"synced":true}"""));
        Assert.Equal(403, await StatusAsync(olga, "GET", "corp"));
        Assert.Equal(403, await StatusAsync(olga, "POST", "corp", """{"synced":true}"""));

        async Task<int> StatusAsync(Api caller, string method, string collectorId, string? body = null, string type = "application/json")
        {
            var (status, _, _) = await caller.SendAsync(
                new(method), $"tenants/{tenant.Id}/collectors/{collectorId}/work", body is null ? null : Api.Text(body, type));
            return (int)status;
        }
    }

    private static async Task ClearAsync(Api approver, Guid tenant)
    {
        List<JsonElement> proposals = [];
        await Deadline.UntilAsync("there is a proposal", async () =>
            (proposals = await approver.ListAsync($"tenants/{tenant}/proposals")).Count == 1);
        await approver.PostAsync(
            $"tenants/{tenant}/proposals/{proposals[0].GetProperty("proposalId").GetString()}/decision",
            new { decision = "approve", digest = proposals[0].GetProperty("digest").GetString(), reason = "same person" });
        await Deadline.UntilAsync("it is cleared", async () =>
            (await approver.ListAsync($"tenants/{tenant}/proposals?status=cleared")).Count == 1);
    }
}
