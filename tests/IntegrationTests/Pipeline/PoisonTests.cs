using System.Net;
using System.Text.Json;
using Azure.Storage.Queues;
using Reanchor.Queueing;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>What queues gave up on, from outside.</summary>
public sealed class PoisonTests
{
    [Fact]
    public async Task Retry_ClearThatNobodyApproved_IsSentOnceAndStoppedByTheChecks()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Adatum", leftovers: 1);
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph);
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload"]);
        using var piet = await Api.SignInAsync(host.Origin, "piet", ["Approve"]);
        await Stage.RegisterAsync(ada, tenant, "propose");
        await ada.ScanAsync(tenant.Id, "propose");
        var proposal = await FirstAsync(ada, $"tenants/{tenant.Id}/proposals");
        var id = proposal.GetProperty("proposalId").GetString()!;

        // A clear that nobody has approved: put back, it must pass the same check as the first time.
        await Queue(stage, QueueNames.Clears + QueueNames.PoisonSuffix)
            .SendMessageAsync($$"""{"tenant":"{{tenant.Id}}","proposal":"{{id}}"}""", TestContext.Current.CancellationToken);
        var item = await FirstAsync(ada, $"tenants/{tenant.Id}/poison?status=waiting");
        var path = $"tenants/{tenant.Id}/poison/{item.GetProperty("itemId").GetString()}/retry";
        var retried = await ada.PostAsync(path, new { reason = "cured" }, HttpStatusCode.Accepted);
        var again = await ada.PostAsync(path, new { reason = "cured" }, HttpStatusCode.Conflict);

        Assert.Equal("retried", retried.GetProperty("status").GetString());
        Assert.Contains("ada", again.GetProperty("detail").GetString(), StringComparison.Ordinal);
        await Deadline.UntilAsync("the message has been handled", async () =>
            (await Queue(stage, QueueNames.Clears).GetPropertiesAsync(TestContext.Current.CancellationToken)).Value.ApproximateMessagesCount == 0);
        Assert.DoesNotContain(tenant.Requests, r => r.Method == "PATCH"); // not approved: the handler's own check holds
        var told = Assert.Single(await ada.ListAsync($"tenants/{tenant.Id}/audit?type=PoisonRetried"));
        Assert.Equal("cured", told.GetProperty("reason").GetString());
        await ada.PostAsync(path, new { reason = " " }, HttpStatusCode.BadRequest);
        await piet.PostAsync(path, new { reason = "may I" }, HttpStatusCode.Forbidden);
        await ada.PostAsync($"tenants/{tenant.Id}/poison/nonsense/retry", new { reason = "?" }, HttpStatusCode.NotFound);
        await ada.PostAsync($"tenants/{tenant.Id}/poison/{new string('0', 32)}/retry", new { reason = "?" }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task List_MessageThatNamesNoTenant_IsForThoseWhoMaySeeAll()
    {
        await using var stage = await Stage.SetAsync();
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph);
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Read"]);
        using var rita = await Api.SignInAsync(host.Origin, "rita", ["Read"], $"{Guid.NewGuid()}");

        await Queue(stage, QueueNames.Restores + QueueNames.PoisonSuffix).SendMessageAsync("not ours", TestContext.Current.CancellationToken);

        Assert.Equal("not ours", (await FirstAsync(ada, "poison")).GetProperty("message").GetString());
        Assert.Equal("MessagePoisoned", (await FirstAsync(ada, "audit")).GetProperty("type").GetString());
        Assert.Equal(HttpStatusCode.Forbidden, (await rita.SendAsync(HttpMethod.Get, "poison")).Status);
    }

    private static QueueClient Queue(Stage stage, string name) =>
        new(stage.Storage, name, new() { MessageEncoding = QueueMessageEncoding.Base64 });

    private static async Task<JsonElement> FirstAsync(Api reader, string path)
    {
        List<JsonElement> items = [];
        await Deadline.UntilAsync($"{path} has something", async () => (items = await reader.ListAsync(path)).Count > 0);
        return items[0];
    }
}
