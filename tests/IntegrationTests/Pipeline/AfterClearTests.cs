using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>What becomes of a clear: verified, in doubt, or put back.</summary>
public sealed class AfterClearTests
{
    [Fact]
    public async Task Verify_SyncWroteAnotherAnchor_IsInDoubtUntilTheCureIsSeen()
    {
        await using var stage = await Stage.SetAsync();
        await using var run = await ClearingRun.StartAsync(stage.AddTenant("Coho", leftovers: 1), stage, ClearingRun.VerifiesSoon);
        var proposal = (await run.ProposeAsync(1))[0];
        var expected = proposal.GetProperty("expectedAnchor").GetString()!;
        run.Cloud.Faults.Add(new Fault { Kind = FaultKind.WrongAnchor, TenantId = run.Tenant.Id });
        await run.ApproveAsync(proposal);
        await run.StatusAsync(proposal, "cleared");
        run.Tenant.RunSync();

        var doubted = await run.StatusAsync(proposal, "inconclusive");
        var stillWrong = await ClearingRun.RefusedAsync(run.Ada, $"{run.Of(proposal)}/verify", HttpStatusCode.Conflict);
        await ClearingRun.RefusedAsync(run.Piet, $"{run.Of(proposal)}/verify", HttpStatusCode.Forbidden);
        run.Tenant.UpdateUser(proposal.GetProperty("userId").GetGuid(), user => user with { OnPremisesImmutableId = expected });
        var verified = await run.Ada.PostAsync($"{run.Of(proposal)}/verify", new { });
        var again = await ClearingRun.RefusedAsync(run.Ada, $"{run.Of(proposal)}/verify", HttpStatusCode.Conflict);

        Assert.Equal("otherAnchor", doubted.GetProperty("match").GetString());
        Assert.Contains(expected, doubted.GetProperty("refusal").GetString(), StringComparison.Ordinal);
        Assert.Equal(doubted.GetProperty("refusal").GetString(), stillWrong);
        Assert.Equal(("verified", "matched"), (verified.GetProperty("status").GetString(), verified.GetProperty("match").GetString()));
        Assert.Equal(JsonValueKind.Null, verified.GetProperty("refusal").ValueKind);
        Assert.Contains("inconclusive", again, StringComparison.Ordinal);
        var doubt = Assert.Single(await run.EventsAsync("VerificationInconclusive")).GetProperty("details");
        Assert.Equal(("otherAnchor", expected), (doubt.GetProperty("outcome").GetString(), doubt.GetProperty("expectedAnchor").GetString()));
        Assert.Single(await run.EventsAsync("MatchVerified"));
    }

    [Fact]
    public async Task RestoreAnchors_OfAScan_AnswersForEachProposal()
    {
        await using var stage = await Stage.SetAsync();
        await using var run = await ClearingRun.StartAsync(stage.AddTenant("Consolidated", leftovers: 3), stage, ClearingRun.VerifiesLater);
        var proposals = await run.ProposeAsync(3);
        var (open, matched, pending) = (proposals[0], proposals[1], proposals[2]);
        await run.ApproveAsync(open, matched);
        await run.StatusAsync(open, "cleared");
        await run.StatusAsync(matched, "cleared");
        var forest = run.Tenant.Forests[0];
        var outOfScope = forest.Accounts.Single(a => a.UserPrincipalName == open.GetProperty("userPrincipalName").GetString());
        forest.UpdateAccount(outOfScope.ObjectGuid, account => account with { InScope = false });
        run.Tenant.RunSync();
        var path = $"{run.Path}/scans/{open.GetProperty("scanId").GetString()}/restore-anchors";

        await ClearingRun.RefusedAsync(run.Ada, path, HttpStatusCode.Forbidden);
        await ClearingRun.RefusedAsync(run.Piet, $"{run.Path}/scans/nothing/restore-anchors", HttpStatusCode.NotFound);
        var answer = await run.Piet.PostAsync(path, new { reason = "wrong forest" });
        await run.StatusAsync(open, "restored");

        var byProposal = answer.GetProperty("items").EnumerateArray().ToDictionary(i => i.GetProperty("proposalId").GetString()!);
        Assert.Equal(["accepted", "tooLate", "nothingToRestore"], proposals.Select(p => Its(p).GetProperty("outcome").GetString()));
        Assert.Contains("take the account out of sync scope", Its(matched).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(["cleared", "pending"], new[] { matched, pending }.Select(p => Its(p).GetProperty("status").GetString()));
        Assert.Equal(open.GetProperty("anchor").GetString(), run.UserOf(open).OnPremisesImmutableId);
        Assert.Equal(matched.GetProperty("expectedAnchor").GetString(), run.UserOf(matched).OnPremisesImmutableId);
        Assert.Equal(pending.GetProperty("anchor").GetString(), run.UserOf(pending).OnPremisesImmutableId);
        Assert.Equal(3, run.Writes.Count);
        Assert.Equal("wrong forest", Assert.Single(await run.EventsAsync("RestoreRequested")).GetProperty("reason").GetString());

        JsonElement Its(JsonElement proposal) => byProposal[proposal.GetProperty("proposalId").GetString()!];
    }

    [Fact]
    public async Task Restore_DeletedUserHoldsTheAnchor_IsRefusedInWordsUntilItIsGone()
    {
        await using var stage = await Stage.SetAsync();
        await using var run = await ClearingRun.StartAsync(stage.AddTenant("Fourth", leftovers: 1), stage, ClearingRun.VerifiesLater);
        var proposal = (await run.ProposeAsync(1))[0];
        await run.ApproveAsync(proposal);
        await run.StatusAsync(proposal, "cleared");
        var anchor = proposal.GetProperty("anchor").GetString();
        var ghost = run.Tenant.AddDeletedUser(new() { UserPrincipalName = "ghost@fourth.example", OnPremisesImmutableId = anchor });

        await run.Piet.PostAsync($"{run.Of(proposal)}/restore-anchor", new { reason = "wrong user" }, HttpStatusCode.Accepted);
        var refused = await run.StatusAsync(proposal, "cleared");
        var refusal = refused.GetProperty("refusal").GetString()!;
        Assert.Single(run.Writes);
        run.Tenant.HardDeleteUser(ghost.Id);

        // Verification looks at this moment too, and who writes second is asked to look again.
        await Deadline.UntilAsync("the restore is accepted", async () => (await run.Piet.SendAsync(
            HttpMethod.Post,
            $"{run.Of(proposal)}/restore-anchor",
            JsonContent.Create(new { reason = "the deleted user is gone" }))).Status is HttpStatusCode.Accepted);
        await run.StatusAsync(proposal, "restored");

        Assert.Contains($"{ghost.Id}", refusal, StringComparison.Ordinal);
        Assert.Contains("Remove it for good first", refusal, StringComparison.Ordinal);
        Assert.Equal(refusal, Assert.Single(await run.EventsAsync("RestoreRefused")).GetProperty("reason").GetString());
        Assert.Equal(anchor, run.UserOf(proposal).OnPremisesImmutableId);
        Assert.Equal(2, run.Writes.Count);
    }
}
