using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>The pipeline from outside: the real program, over HTTP alone, against a Graph on another port.</summary>
public sealed class BlackBoxTests
{
    [Fact]
    public async Task Pipeline_OneLeftover_IsFoundApprovedClearedAndVerified()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Tailspin", leftovers: 1);
        var user = tenant.Users.Single(u => u.OnPremisesImmutableId is not null);
        var account = tenant.Forests[0].Accounts.Single();
        await using var host = await HostUnderTest.StartAsync(
            stage, ("Reanchor__VerificationFirstDelay", "00:00:01"), ("Reanchor__VerificationMaxDelay", "00:00:02"));
        using var ada = await Api.SignInAsync(host, "ada", ["Administer", "Operate", "Upload"]);
        using var piet = await Api.SignInAsync(host, "piet", ["Approve"], $"{tenant.Id}");
        await Stage.RegisterAsync(ada, tenant, "propose");

        var scan = await ada.ScanAsync(tenant.Id, "propose");
        var finding = Assert.Single(await ada.ListAsync($"tenants/{tenant.Id}/scans/{scan.GetProperty("scanId").GetString()}/findings"));
        var proposal = await TheProposalAsync(piet, tenant.Id);
        await piet.PostAsync(
            $"tenants/{tenant.Id}/proposals/{proposal.GetProperty("proposalId").GetString()}/decision",
            new { decision = "approve", digest = proposal.GetProperty("digest").GetString(), reason = "same person" });
        await StatusAsync(piet, tenant.Id, "cleared");
        var patch = Assert.Single(tenant.Requests, r => r.Method == "PATCH");
        tenant.RunSync();
        await StatusAsync(piet, tenant.Id, "verified");

        Assert.Equal("completed", scan.GetProperty("status").GetString());
        Assert.Equal("Candidate", finding.GetProperty("classification").GetString());
        Assert.Equal(user.OnPremisesImmutableId, proposal.GetProperty("anchor").GetString());
        Assert.Equal("""{"onPremisesImmutableId":null}""", patch.Body);
        Assert.Equal(204, patch.Status);
        var events = await piet.ListAsync($"tenants/{tenant.Id}/audit?user={user.Id}");
        Assert.Equal(
            ["MatchVerified", "AnchorCleared", "ClearStarted", "ProposalApproved", "ClearProposed"],
            events.Select(e => e.GetProperty("type").GetString()));
        Assert.Equal(user.OnPremisesImmutableId, events[2].GetProperty("details").GetProperty("oldAnchor").GetString());
        Assert.True(events[2].GetProperty("at").GetDateTimeOffset() <= patch.ReceivedAt);
        Assert.Equal(
            Convert.ToBase64String(account.ObjectGuid.ToByteArray()), tenant.Users.Single(u => u.Id == user.Id).OnPremisesImmutableId);
    }

    [Fact]
    public async Task Scan_SameIdempotencyKey_StartsOneScan()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Tailspin", leftovers: 1);
        await using var host = await HostUnderTest.StartAsync(stage);
        using var ada = await Api.SignInAsync(host, "ada", ["Administer", "Operate", "Upload"]);
        await Stage.RegisterAsync(ada, tenant, "report");

        var first = await StartAsync(ada, tenant.Id, "nightly-1");
        await ada.WaitForScanAsync(tenant.Id, first);
        var second = await StartAsync(ada, tenant.Id, "nightly-1");

        Assert.Equal(first, second);
        Assert.Single(await ada.ListAsync($"tenants/{tenant.Id}/scans"));
    }

    private static async Task<string> StartAsync(Api ada, Guid tenant, string key)
    {
        var content = JsonContent.Create(new { mode = "report" });
        content.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        var (status, body, _) = await ada.SendAsync(HttpMethod.Post, $"tenants/{tenant}/scans", content);
        Assert.Equal(HttpStatusCode.Accepted, status);
        return body.GetProperty("scanId").GetString()!;
    }

    private static async Task<JsonElement> TheProposalAsync(Api reader, Guid tenant)
    {
        List<JsonElement> pending = [];
        await Deadline.UntilAsync("there is a proposal", async () =>
        {
            pending = await reader.ListAsync($"tenants/{tenant}/proposals?status=pending");
            return pending.Count > 0;
        });
        return Assert.Single(pending);
    }

    private static Task StatusAsync(Api reader, Guid tenant, string status) =>
        Deadline.UntilAsync($"the proposal is {status}", async () =>
            (await reader.ListAsync($"tenants/{tenant}/proposals")).All(p => p.GetProperty("status").GetString() == status));
}
