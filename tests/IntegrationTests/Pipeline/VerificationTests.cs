using System.Text.Json;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>A sync that did something else than was expected is never called a success.</summary>
public sealed class VerificationTests
{
    [Fact]
    public async Task Verification_SyncGaveAWrongAnchor_IsInconclusive()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Fourth", leftovers: 1);
        stage.Cloud.Faults.Add(new() { Kind = FaultKind.WrongAnchor, TenantId = tenant.Id });

        var (proposal, events) = await ClearAndSyncAsync(stage, tenant, () => { });

        Assert.Equal(("inconclusive", "otherAnchor"), Outcome(proposal));
        Assert.DoesNotContain("MatchVerified", events);
        Assert.Contains("VerificationInconclusive", events);
    }

    /// <summary>Between approval and sync the mail address moved: another AD account takes the user.</summary>
    [Fact]
    public async Task Verification_AnotherAccountTookTheUser_IsInconclusive()
    {
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Graphic", leftovers: 1);
        var forest = tenant.Forests[0];
        var partner = forest.Accounts.Single();

        var (proposal, events) = await ClearAndSyncAsync(stage, tenant, () =>
        {
            forest.UpdateAccount(partner.ObjectGuid, account => account with { UserPrincipalName = $"was.{account.UserPrincipalName}", InScope = false });
            forest.AddAccount(new() { UserPrincipalName = partner.UserPrincipalName, SamAccountName = "namesake" });
        });

        Assert.Equal(("inconclusive", "otherAnchor"), Outcome(proposal));
        Assert.DoesNotContain("MatchVerified", events);
        Assert.Contains("VerificationInconclusive", events);
    }

    private static (string?, string?) Outcome(JsonElement proposal) =>
        (proposal.GetProperty("status").GetString(), proposal.GetProperty("match").GetString());

    /// <returns>The proposal in the end, and the types of all events.</returns>
    private static async Task<(JsonElement Proposal, IReadOnlyList<string?> Events)> ClearAndSyncAsync(
        Stage stage, SimulatedTenant tenant, Action betweenClearAndSync)
    {
        await using var host = await LocalHostProcess.StartAsync(
            stage.Storage, stage.Graph, ("Reanchor__VerificationFirstDelay", "00:00:01"), ("Reanchor__VerificationMaxDelay", "00:00:02"));
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload"]);
        using var piet = await Api.SignInAsync(host.Origin, "piet", ["Approve"]);
        await Stage.RegisterAsync(ada, tenant, "propose");
        await ada.ScanAsync(tenant.Id, "propose");
        var proposal = await TheProposalAsync(piet, tenant.Id, "pending");
        await piet.PostAsync(
            $"tenants/{tenant.Id}/proposals/{proposal.GetProperty("proposalId").GetString()}/decision",
            new { decision = "approve", digest = proposal.GetProperty("digest").GetString(), reason = "same person" });
        await TheProposalAsync(piet, tenant.Id, "cleared");
        betweenClearAndSync();
        tenant.RunSync();
        proposal = await TheProposalAsync(piet, tenant.Id, "inconclusive", "verified");
        return (proposal, [.. (await piet.ListAsync($"tenants/{tenant.Id}/audit")).Select(e => e.GetProperty("type").GetString())]);
    }

    private static async Task<JsonElement> TheProposalAsync(Api reader, Guid tenant, params string[] statuses)
    {
        JsonElement found = default;
        await Deadline.UntilAsync($"the proposal is {statuses[0]}", async () =>
        {
            var proposals = await reader.ListAsync($"tenants/{tenant}/proposals");
            found = proposals.SingleOrDefault();
            return proposals.Count == 1 && Array.IndexOf(statuses, found.GetProperty("status").GetString()) >= 0;
        });
        return found;
    }
}
