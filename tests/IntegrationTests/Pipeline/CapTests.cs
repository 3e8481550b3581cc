using System.Net;
using System.Text.Json;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>More than half of a tenant flagged: nothing is proposed until an administrator says that it is right, for one scan.</summary>
public sealed class CapTests
{
    private const int Flagged = 51;
    private const int Users = 100;

    private static readonly string[] Corp = ["corp"];

    [Fact]
    public async Task Scan_51PercentFlagged_HaltsBeforeTheFirstProposalAndIsResumedOnceWithAReason()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Tailspin", leftovers: Flagged, plainUsers: Users - Flagged);
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph);
        using var olga = await Api.SignInAsync(host.Origin, "olga", ["Operate", "Read"]);
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Upload", "Approve"]);
        using var piet = await Api.SignInAsync(host.Origin, "piet", ["Approve"]);
        await Stage.RegisterAsync(ada, tenant, "propose");

        var halted = await olga.ScanAsync(tenant.Id, "propose");

        var scan = $"tenants/{tenant.Id}/scans/{halted.GetProperty("scanId").GetString()}";
        var why = halted.GetProperty("haltReason").GetString()!;
        Assert.Equal(("halted", "cap"), (Text(halted, "status"), Text(halted, "haltKind")));
        Assert.StartsWith("51 of 100 users are candidates, more than the 50 %", why, StringComparison.Ordinal);
        Assert.Equal(why, Text(await EventAsync(olga, tenant, "ScanHalted"), "reason"));
        Assert.Empty(await olga.ListAsync($"tenants/{tenant.Id}/proposals"));

        var (byOperator, _, _) = await olga.SendAsync(HttpMethod.Post, $"{scan}/resume", Api.Text("""{"reason":"right"}"""));
        var (unreasoned, _, _) = await ada.SendAsync(HttpMethod.Post, $"{scan}/resume", Api.Text("""{"reason":" "}"""));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.BadRequest), (byOperator, unreasoned));
        Assert.Empty(await olga.ListAsync($"tenants/{tenant.Id}/proposals"));

        await ada.PostAsync($"{scan}/resume", new { reason = "Counted with the customer" }, HttpStatusCode.Accepted);
        var resumed = await olga.WaitForScanAsync(tenant.Id, halted.GetProperty("scanId").GetString()!);

        Assert.Equal(("completed", why), (Text(resumed, "status"), Text(resumed, "haltReason")));
        Assert.Equal(("ada", "Counted with the customer"), (Text(resumed.GetProperty("resumedBy"), "name"), Text(resumed, "resumeReason")));
        var told = await EventAsync(olga, tenant, "ScanResumed");
        Assert.Equal(("ada", "Counted with the customer"), (Text(told.GetProperty("actor"), "name"), Text(told, "reason")));
        List<JsonElement> proposals = [];
        await Deadline.UntilAsync("every candidate is proposed", async () =>
            (proposals = await olga.ListAsync($"tenants/{tenant.Id}/proposals?status=pending")).Count == Flagged);
        Assert.DoesNotContain(tenant.Requests, r => r.Method == "PATCH");

        var (again, refusal, _) = await ada.SendAsync(HttpMethod.Post, $"{scan}/resume", Api.Text("""{"reason":"once more"}"""));
        Assert.Equal(HttpStatusCode.Conflict, again);
        Assert.Contains("ada resumed this scan on", Text(refusal, "detail"), StringComparison.Ordinal);

        // For that one scan: the next one halts again.
        Assert.Equal("halted", Text(await olga.ScanAsync(tenant.Id, "propose"), "status"));
        var (earlier, _, _) = await ada.SendAsync(HttpMethod.Post, $"{scan}/resume", Api.Text("""{"reason":"once more"}"""));
        Assert.Equal(HttpStatusCode.Conflict, earlier);

        Assert.Equal(HttpStatusCode.Forbidden, await ApproveAsync(ada, tenant, proposals[0]));
        Assert.Equal(HttpStatusCode.OK, await ApproveAsync(piet, tenant, proposals[0]));
    }

    [Fact]
    public async Task Scan_EvidenceMissing_CannotBeResumed()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Tailspin", leftovers: 1);
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph);
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate"]);
        await ada.PutAsync($"tenants/{tenant.Id}", new { displayName = "Tailspin", mode = "propose", collectors = Corp });
        var halted = await ada.ScanAsync(tenant.Id, "propose");

        var (status, problem, _) = await ada.SendAsync(
            HttpMethod.Post, $"tenants/{tenant.Id}/scans/{Text(halted, "scanId")}/resume", Api.Text("""{"reason":"go on"}"""));

        Assert.Equal("evidenceMissing", Text(halted, "haltKind"));
        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("No inventory from collector corp", Text(problem, "detail"), StringComparison.Ordinal);
    }

    private static async Task<HttpStatusCode> ApproveAsync(Api approver, SimulatedTenant tenant, JsonElement proposal)
    {
        var body = JsonSerializer.Serialize(new { decision = "approve", digest = Text(proposal, "digest"), reason = "same person" });
        var (status, _, _) = await approver.SendAsync(
            HttpMethod.Post, $"tenants/{tenant.Id}/proposals/{Text(proposal, "proposalId")}/decision", Api.Text(body));
        return status;
    }

    private static async Task<JsonElement> EventAsync(Api reader, SimulatedTenant tenant, string type) =>
        Assert.Single(await reader.ListAsync($"tenants/{tenant.Id}/audit"), e => Text(e, "type") == type);

    private static string? Text(JsonElement element, string member) => element.GetProperty(member).GetString();
}
