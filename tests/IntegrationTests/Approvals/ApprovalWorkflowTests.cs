using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;
using Reanchor.IntegrationTests.Pipeline;

namespace Reanchor.IntegrationTests.Approvals;

/// <summary>The workflows of infra/approvals, read from their JSON and played against a real LocalHost.</summary>
[Collection(nameof(ApprovalGround))]
public sealed class ApprovalWorkflowTests(ApprovalGround ground)
{
    private static readonly object Counts = new { assertedDecisionsCount = true, approvalRecipients = new[] { "bea@fabrikam.example" } };

    [Fact]
    public async Task Approval_ApproverPressesApprove_ClearsAndTellsWhoIsSaidToHaveAnswered()
    {
        await using var stage = await ApprovalStage.SetAsync(ground, 2, Counts);
        var named = stage.Tenant.Users.First(u => u.OnPremisesImmutableId is not null);
        stage.Tenant.UpdateUser(named.Id, u => u with { DisplayName = "<img src=x onerror=alert(1)>" });
        stage.Workflow.Approver = _ => ApprovalStage.Presses("Approve");

        var run = await stage.RunAsync();

        var (status, answer) = Assert.Single(run.Attempts);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.All(answer!["items"]!.AsArray(), i => Assert.Equal("recorded", i!["outcome"]!.GetValue<string>()));
        await Deadline.UntilAsync("both are cleared", async () => (await stage.ListAsync("cleared")).Count == 2);
        var mail = run.Mail!["body"]!["Message"]!;
        Assert.Equal("bea@fabrikam.example", mail["To"]!.GetValue<string>());
        Assert.Contains($"2 leftover anchors to review for {stage.Tenant.DisplayName}", mail["Subject"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("&lt;img src=x onerror=alert(1)&gt;", mail["Body"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain("<img", mail["Body"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.StartsWith("reanchor-", stage.Workflow.Headers.Single()["x-ms-client-tracking-id"].ToString(), StringComparison.Ordinal);
        Assert.Equal(run.Name, Details(Assert.Single(await stage.EventsAsync("ApprovalsRequested")), "runId").GetString());
        var approved = await stage.EventsAsync("ProposalApproved");
        Assert.Equal(2, approved.Count);
        Assert.All(approved, e => Assert.Equal("application", e.GetProperty("actor").GetProperty("kind").GetString()));
        Assert.All(approved, e => Assert.Equal($"{ApprovalStage.Bea}", Details(e, "asserted").GetProperty("objectId").GetString()));
    }

    [Fact]
    public async Task Approval_ApproverPressesReject_RejectsAll()
    {
        await using var stage = await ApprovalStage.SetAsync(ground, 2, Counts);
        stage.Workflow.Approver = _ => ApprovalStage.Presses("Reject");

        await stage.RunAsync();

        Assert.Equal(2, (await stage.ListAsync("rejected")).Count);
        Assert.DoesNotContain(stage.Tenant.Requests, r => r.Method == "PATCH");
    }

    [Fact]
    public async Task Approval_PolicyCountsSignInsOnly_KeepsAdviceAndTheConsoleDecides()
    {
        await using var stage = await ApprovalStage.SetAsync(ground, 1, new { });
        stage.Workflow.Approver = _ => ApprovalStage.Presses("Approve");

        var run = await stage.RunAsync();

        Assert.Contains("Advice decides nothing", run.Attempts.Single().Body!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("approvers@msp.example", run.Mail!["body"]!["Message"]!["To"]!.GetValue<string>());
        var pending = Assert.Single(await stage.ListAsync("pending"));
        var advice = Assert.Single(pending.GetProperty("decisions").EnumerateArray());
        Assert.False(advice.GetProperty("counts").GetBoolean());
        Assert.Single(await stage.EventsAsync("AdviceGiven"));
        await stage.Piet.PostAsync($"{stage.Of(pending)}/decision", ClearingRun.Approval(pending));
        await Deadline.UntilAsync("it is cleared", async () => (await stage.ListAsync("cleared")).Count == 1);
    }

    [Fact]
    public async Task Approval_AnswersLostOnTheWayBack_IsReportedAgainAndCountsOnce()
    {
        await using var stage = await ApprovalStage.SetAsync(ground, 2, Counts);
        stage.Workflow.Approver = _ => ApprovalStage.Presses("Approve");
        stage.Workflow.LosesAnswers = 3;

        var run = await stage.RunAsync();

        Assert.Equal([504, 504, 504, 200], run.Attempts.Select(a => (int)a.Status));
        Assert.Equal("Succeeded", run.Done["Report_decision"].Status);
        Assert.Equal(2, run.Attempts.Last().Body!["items"]!.AsArray().Count);
        Assert.Single(await stage.EventsAsync("BatchAnswered"));
        Assert.Equal(2, (await stage.EventsAsync("ProposalApproved")).Count);
        Assert.Empty(await stage.EventsAsync("DecisionRefused"));
    }

    [Fact]
    public async Task Approval_TwoRunsAnswer_TheFirstCounts()
    {
        await using var stage = await ApprovalStage.SetAsync(ground, 1, Counts);
        var answers = new Queue<string>(["Reject", "Approve"]);
        stage.Workflow.Approver = _ => ApprovalStage.Presses(answers.Dequeue());
        var first = await stage.RunAsync();

        // What a crash between the mail and the note of it leads to: the same question once more.
        var second = await stage.Workflow.RunAsync(TriggerOf(first, await stage.BatchAsync()));
        await second.Completed;

        Assert.Equal(HttpStatusCode.Conflict, second.Attempts.Single().Status);
        Assert.Single(await stage.ListAsync("rejected"));
        Assert.Equal("answeredBefore", Details(Assert.Single(await stage.EventsAsync("BatchAnswerRefused")), "outcome").GetString());
    }

    [Fact]
    public async Task Approval_AnsweredTooLate_IsRefused()
    {
        await using var stage = await ApprovalStage.SetAsync(ground, 1, Counts);
        stage.Workflow.Approver = _ =>
        {
            stage.ChangeAsync(stage.BatchAsync().Result, b => b with { ExpiresAt = DateTimeOffset.UtcNow.AddSeconds(-1) }).Wait();
            return ApprovalStage.Presses("Approve");
        };

        var run = await stage.RunAsync();

        Assert.Equal(HttpStatusCode.Gone, run.Attempts.Single().Status);
        Assert.Equal("Failed", run.Done["Report_decision"].Status);
        Assert.Single(await stage.ListAsync("pending"));
        Assert.Equal("expired", Details(Assert.Single(await stage.EventsAsync("BatchAnswerRefused")), "outcome").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Approval_NobodyAnswers_IsRecordedAndLeavesItToTheConsole(bool connectorFails)
    {
        await using var stage = await ApprovalStage.SetAsync(ground, 1, Counts);
        stage.Workflow.Approver = _ => connectorFails ? new(TimeSpan.Zero, null) : new(TimeSpan.FromDays(8), new JsonObject { ["SelectedOption"] = "Approve" });

        var run = await stage.RunAsync();

        Assert.Equal(connectorFails ? "Failed" : "TimedOut", run.Done["Ask"].Status);
        Assert.Equal((HttpStatusCode.OK, "noAnswer"), (run.Attempts.Single().Status, run.Attempts.Single().Body!["decision"]!.GetValue<string>()));
        Assert.Single(await stage.ListAsync("pending"));
        Assert.Equal("noAnswer", Details(Assert.Single(await stage.EventsAsync("BatchAnswered")), "decision").GetString());
    }

    [Fact]
    public async Task Ticket_DecidedInTheConsole_IsCalledBackAndGoesItsWay()
    {
        await using var stage = await ApprovalStage.SetAsync(ground, 2, new { });
        await using var ticket = await WorkflowHost.StartAsync("ticket.workflow.json");
        ticket.PointAt(stage.Host.Origin);
        stage.Workflow.Approver = _ => new(TimeSpan.FromDays(8), null);
        await stage.RunAsync();
        var batch = await stage.BatchAsync();
        var run = await ticket.RunAsync(new JsonObject { ["batchId"] = batch.Id.Value });
        await Deadline.UntilAsync("it has subscribed", () => !run.Attempts.IsEmpty);

        foreach (var pending in await stage.ListAsync("pending"))
        {
            await stage.Piet.PostAsync($"{stage.Of(pending)}/decision", ClearingRun.Approval(pending));
        }

        await run.Completed;

        Assert.Equal([201, 204], run.Attempts.Select(a => (int)a.Status));
        Assert.Equal("Succeeded", run.Done["Open_change"].Status);
        Assert.Equal((batch.Id.Value, 2), (run.Done["Open_change"].Body!["batchId"]!.GetValue<string>(), run.Done["Open_change"].Body!["approved"]!.GetValue<int>()));
        await Deadline.UntilAsync("it is on the trail", async () => (await stage.EventsAsync("CallbackMade")).Count == 1);
        Assert.DoesNotContain("secret-of", stage.Host.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("secret-of", (await stage.Ada.GetAsync($"{stage.Path}/audit?top=1000")).GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ticket_NobodyDecidesInTime_UnsubscribesAndEscalates()
    {
        await using var stage = await ApprovalStage.SetAsync(ground, 1, new { });
        await using var ticket = await WorkflowHost.StartAsync("ticket.workflow.json");
        ticket.PointAt(stage.Host.Origin);
        ticket.NobodyCallsBack = true;
        stage.Workflow.Approver = _ => new(TimeSpan.FromDays(8), null);
        await stage.RunAsync();

        var run = await ticket.RunAsync(new JsonObject { ["batchId"] = (await stage.BatchAsync()).Id.Value });
        await run.Completed;

        Assert.Equal([201, 204], run.Attempts.Select(a => (int)a.Status));
        Assert.Equal(("TimedOut", "noAnswer"), (run.Done["Wait_for_decision"].Status, run.Done["Escalate"].Body!.GetValue<string>()));
        Assert.Single(await stage.EventsAsync("CallbackUnsubscribed"));
    }

    private static JsonElement Details(JsonElement told, string member) => told.GetProperty("details").GetProperty(member);

    private static JsonObject TriggerOf(WorkflowRun run, Reanchor.Approvals.ApprovalBatch batch) => new()
    {
        ["batchId"] = batch.Id.Value,
        ["digest"] = batch.Digest,
        ["proposals"] = batch.Items.Count,
        ["tenantName"] = "Fabrikam",
        ["recipients"] = run.Mail!["body"]!["Message"]!["To"]!.GetValue<string>(),
        ["summaryHtml"] = run.Mail["body"]!["Message"]!["Body"]!.GetValue<string>(),
    };
}
