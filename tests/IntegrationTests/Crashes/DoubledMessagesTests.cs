using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Azure.Storage.Queues;
using Reanchor.GraphSimulator;
using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.IntegrationTests.Crashes;

public sealed class DoubledMessagesTests
{
    private const int Users = 9;
    private const int Restored = 3;

    private static readonly string[] Clear = ["ClearProposed", "ProposalApproved", "ClearStarted", "AnchorCleared"];

    /// <summary>From the scan to the end, through real queues: some users are restored, the others matched and verified.</summary>
    [Fact]
    public async Task Story_EveryMessageTwiceAndInAnotherOrder_EndsAsOnce()
    {
        // Nobody dies here, so a claim may last as long as it takes a slow machine to hear Graph's answer.
        await using var host = await RelayedHost.StartAsync(("Reanchor__ClaimDuration", "00:00:10"));
        host.Relay.Doubling = new Random(20261127);
        var tenant = host.Stage.AddTenant("Lucerne", Users, plainUsers: 20 * Users);
        tenant.Settings = tenant.Settings with { LargestUserPage = 4 };
        var leftovers = tenant.Users.Where(u => u.OnPremisesImmutableId is not null).OrderBy(u => u.Id).ToList();

        await PlayAsync(host, tenant, leftovers);
        await host.UntilAsync("no message is left", () => IsEmptyAsync(host.Stage.Storage));

        // Ten for each user at the least: from the scan, the decision, the clear and the looks at it, and each of them twice.
        Assert.True(host.Relay.Doubled > 4 * Users, $"Only {host.Relay.Doubled} messages were doubled.");
        await AssertEndAsync(host, tenant, leftovers);
    }

    private static async Task PlayAsync(RelayedHost host, SimulatedTenant tenant, List<SimulatedUser> leftovers)
    {
        var path = $"tenants/{tenant.Id}";
        await host.CallAsync("ada", ["Administer", "Operate", "Upload"], async ada =>
        {
            await Stage.RegisterAsync(ada, tenant, "propose");
            return await ada.ScanAsync(tenant.Id, "propose");
        });
        await host.UntilAsync("all are proposed", async () => (await ListAsync(host, path, "pending")).Count == Users);
        await host.CallAsync("piet", ["Approve"], async piet => await piet.PostAsync($"{path}/decisions", new
        {
            decisions = (await piet.ListAsync($"{path}/proposals")).Select(p => new
            {
                proposalId = p.GetProperty("proposalId").GetString(),
                decision = "approve",
                digest = p.GetProperty("digest").GetString(),
                reason = "checked",
            }),
        }));
        await host.UntilAsync("all are cleared", async () => (await ListAsync(host, path, "cleared")).Count == Users);

        foreach (var user in leftovers.Take(Restored))
        {
            await host.UntilAsync("a restore is accepted", () => TryRestoreAsync(host, path, user));
        }

        await host.UntilAsync("some are restored", async () => (await ListAsync(host, path, "restored")).Count == Restored);
        tenant.RunSync();
        await host.UntilAsync("the others are verified", async () => (await ListAsync(host, path, "verified")).Count == Users - Restored);
    }

    /// <returns><see langword="false"/> when a look of the verification has changed the proposal at that moment; the answer asks for another try.</returns>
    private static Task<bool> TryRestoreAsync(RelayedHost host, string path, SimulatedUser user) =>
        host.CallAsync("piet", ["Approve"], async piet =>
        {
            var proposal = Assert.Single(await piet.ListAsync($"{path}/proposals"), p => UserOf(p) == user.Id);
            var (status, body, _) = await piet.SendAsync(
                HttpMethod.Post,
                $"{path}/proposals/{proposal.GetProperty("proposalId").GetString()}/restore-anchor",
                JsonContent.Create(new { reason = "wrong person" }));
            Assert.True(status is HttpStatusCode.Accepted or HttpStatusCode.Conflict, $"The restore was answered {(int)status}: {body}");
            return status is HttpStatusCode.Accepted;
        });

    private static async Task AssertEndAsync(RelayedHost host, SimulatedTenant tenant, List<SimulatedUser> leftovers)
    {
        var path = $"tenants/{tenant.Id}";
        var trail = (await host.ListAsync($"{path}/audit?top=1000")).AsEnumerable().Reverse()
            .ToLookup(e => e.GetProperty("userId").ValueKind is JsonValueKind.String ? UserOf(e) : default, e => e.GetProperty("type").GetString());
        var writes = tenant.Requests.Where(r => r.Method == "PATCH")
            .ToLookup(r => Guid.Parse(r.Target.Split('/')[^1]), r => r.Body.EndsWith(":null}", StringComparison.Ordinal) ? "null" : "anchor");
        var proposals = (await host.ListAsync($"{path}/proposals")).ToLookup(UserOf, p => p.GetProperty("status").GetString());

        Assert.Equal(["InventoryAccepted", "ScanCompleted", "ScanRequested", "TenantRegistered"], trail[default].Order());
        Assert.Equal(Users, writes.Count);

        foreach (var user in leftovers.Take(Restored))
        {
            Assert.Equal([.. Clear, "RestoreRequested", "AnchorRestored"], trail[user.Id]);
            Assert.Equal(["null", "anchor"], writes[user.Id]);
            Assert.Equal(["restored"], proposals[user.Id]);
            Assert.Equal(user.OnPremisesImmutableId, tenant.FindUser(user.Id)!.OnPremisesImmutableId);
        }

        foreach (var user in leftovers.Skip(Restored))
        {
            Assert.Equal([.. Clear, "MatchVerified"], trail[user.Id]);
            Assert.Equal(["null"], writes[user.Id]);
            Assert.Equal(["verified"], proposals[user.Id]);
            Assert.True(tenant.FindUser(user.Id)!.OnPremisesSyncEnabled);
        }

        var verdict = await host.CallAsync("reader", ["Read"], reader => reader.GetAsync($"{path}/audit/verify"));
        Assert.True(verdict.GetProperty("intact").GetBoolean(), $"{verdict}");
    }

    /// <summary>Those that wait for their time count, too, and those that are being handled.</summary>
    private static async Task<bool> IsEmptyAsync(string storage)
    {
        var service = new QueueServiceClient(storage);

        await foreach (var queue in service.GetQueuesAsync(cancellationToken: TestContext.Current.CancellationToken))
        {
            if ((await service.GetQueueClient(queue.Name).GetPropertiesAsync()).Value.ApproximateMessagesCount > 0)
            {
                return false;
            }
        }

        return true;
    }

    private static Task<List<JsonElement>> ListAsync(RelayedHost host, string path, string status) =>
        host.ListAsync($"{path}/proposals?status={status}");

    private static Guid UserOf(JsonElement element) => element.GetProperty("userId").GetGuid();
}
