using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.IntegrationTests.Approvals;

/// <summary>The two-person rule, over HTTP and on real tables, when people are quick.</summary>
[Collection(nameof(ApprovalGround))]
public sealed class TwoPersonTests(ApprovalGround ground)
{
    private const int Proposals = 12;

    [Fact]
    public async Task Decide_AtTheSameInstant_TakesTwoDifferentPeopleEachOnce()
    {
        await using var stage = await ApprovalStage.SetAsync(ground, Proposals, new { twoApprovals = "always", assertedDecisionsCount = true });
        stage.Workflow.Approver = _ => ApprovalStage.Presses("Approve");
        var pending = await stage.ProposeAsync(Proposals);

        // The relayed answer comes first, and is one of no two.
        await stage.OnlyRunAsync();
        Assert.Equal(Proposals, (await stage.EventsAsync("AdviceGiven")).Count);
        Assert.Equal(Proposals, (await stage.ListAsync("pending")).Count);

        var byOne = await Task.WhenAll(pending.SelectMany(p => new[] { DecideAsync(stage, stage.Piet, p), DecideAsync(stage, stage.Piet, p) }));
        Assert.Equal(Proposals, byOne.Count(s => s is HttpStatusCode.OK));
        Assert.Equal(Proposals, byOne.Count(s => s is HttpStatusCode.Conflict));
        Assert.Equal(Proposals, (await stage.ListAsync("pending")).Count);
        Assert.DoesNotContain(stage.Tenant.Requests, r => r.Method == "PATCH");

        var byOther = await Task.WhenAll(pending.SelectMany(p => new[] { DecideAsync(stage, stage.Rosa, p), DecideAsync(stage, stage.Rosa, p) }));
        Assert.Equal(Proposals, byOther.Count(s => s is HttpStatusCode.OK));
        await AssertClearedByBothAsync(stage);
    }

    [Fact]
    public async Task Decide_TwoPeopleAtTheSameInstant_ApprovesOnceWithBoth()
    {
        await using var stage = await ApprovalStage.SetAsync(ground, Proposals, new { twoApprovals = "always" });
        stage.Workflow.Approver = _ => new(TimeSpan.FromDays(8), null);
        var pending = await stage.ProposeAsync(Proposals);

        var statuses = await Task.WhenAll(pending.SelectMany(p => new[] { DecideAsync(stage, stage.Piet, p), DecideAsync(stage, stage.Rosa, p) }));

        Assert.All(statuses, s => Assert.Equal(HttpStatusCode.OK, s));
        await AssertClearedByBothAsync(stage);
    }

    private static async Task AssertClearedByBothAsync(ApprovalStage stage)
    {
        await Deadline.UntilAsync("all are cleared", async () => (await stage.ListAsync("cleared")).Count == Proposals);
        Assert.Equal(Proposals, stage.Tenant.Requests.Count(r => r.Method == "PATCH"));
        Assert.Equal(Proposals, (await stage.EventsAsync("ApprovalGiven")).Count);
        Assert.Equal(Proposals, (await stage.EventsAsync("ProposalApproved")).Count);
        Assert.All(await stage.EventsAsync("ClearStarted"), e => Assert.Equal(
            ["piet", "rosa"],
            e.GetProperty("details").GetProperty("approvedBy").EnumerateArray().Select(a => a.GetProperty("name").GetString()).Order()));
    }

    private static async Task<HttpStatusCode> DecideAsync(ApprovalStage stage, Api by, JsonElement proposal) =>
        (await by.SendAsync(HttpMethod.Post, $"{stage.Of(proposal)}/decision", JsonContent.Create(ClearingRun.Approval(proposal)))).Status;
}
