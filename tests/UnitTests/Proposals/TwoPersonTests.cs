using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Proposals;

/// <summary>Where two are needed, two different people have signed in and said yes. Nothing else will do.</summary>
public sealed class TwoPersonTests : IDisposable
{
    private static readonly AssertedAnswer Answer = new("batch-1", Guid.Parse("bbbbbbbb-0000-4000-8000-000000000001"), Guid.NewGuid(), "Bea");

    private static readonly Actor Workflow = new(ActorKind.Application, "oid-workflow", "approval workflow", "https://login.example/");

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Approve_FirstOfTwo_LeavesItPendingAndShowsWho()
    {
        var proposal = await GivenTwoNeededAsync();

        var result = await _world.DecideAsync(proposal, approve: true);

        Assert.Equal((DecisionOutcome.Recorded, ProposalStatus.Pending), (result.Outcome, result.Proposal!.Status));
        Assert.Equal(Samples.Anton, Assert.Single((await _world.LatestAsync()).Decisions).DecidedBy);
        Assert.Empty(_world.Queue.Sent);
        var told = Assert.Single(_world.Audit.Entries, e => e.Type == nameof(ApprovalGiven));
        Assert.Equal((Samples.Anton, "checked"), (told.Actor, told.Reason));
        Assert.DoesNotContain(nameof(ProposalApproved), _world.Audit.Types);
    }

    [Fact]
    public async Task Approve_SecondByAnother_ApprovesOnceWithBoth()
    {
        var proposal = await GivenTwoNeededAsync();

        var approved = await _world.ApproveByTwoAsync(proposal);

        AssertApprovedByBoth(approved);
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));
        var started = Assert.Single(_world.Audit.Entries, e => e.Type == nameof(ClearStarted));
        Assert.Equal(2, started.Details.GetProperty("approvedBy").GetArrayLength());
    }

    [Theory]
    [InlineData("oid-anton")]
    [InlineData("OID-ANTON")]
    public async Task Approve_SamePersonAgain_IsRefused(string id)
    {
        var proposal = await GivenTwoNeededAsync();
        await _world.DecideAsync(proposal, approve: true);

        var again = await _world.DecideAsync(proposal, approve: true, by: Samples.Anton with { Id = id, Name = "A. Pprover" });

        Assert.Equal(DecisionOutcome.ApprovedBefore, again.Outcome);
        AssertWaitsForTheSecond(await _world.LatestAsync());
    }

    [Fact]
    public async Task Approve_TwoPeopleAtTheSameInstant_ApprovesOnceWithBoth()
    {
        var proposal = await GivenTwoNeededAsync();
        _world.Proposals.BeforeNextUpdate = () => _world.DecideAsync(proposal, approve: true, by: Samples.Amy).GetAwaiter().GetResult();

        var result = await _world.DecideAsync(proposal, approve: true);

        Assert.Equal(DecisionOutcome.Recorded, result.Outcome);
        AssertApprovedByBoth(await _world.LatestAsync());
    }

    [Fact]
    public async Task Approve_SamePersonTwiceAtTheSameInstant_CountsOnce()
    {
        var proposal = await GivenTwoNeededAsync();
        _world.Proposals.BeforeNextUpdate = () => _world.DecideAsync(proposal, approve: true).GetAwaiter().GetResult();

        var result = await _world.DecideAsync(proposal, approve: true);

        Assert.Equal(DecisionOutcome.ApprovedBefore, result.Outcome);
        AssertWaitsForTheSecond(await _world.LatestAsync());
    }

    [Fact]
    public async Task Approve_AnotherRejectsAtTheSameInstant_TheNoStands()
    {
        var proposal = await GivenTwoNeededAsync();
        _world.Proposals.BeforeNextUpdate = () => _world.DecideAsync(proposal, approve: false, by: Samples.Amy).GetAwaiter().GetResult();

        Assert.Equal(DecisionOutcome.AlreadyDecided, (await _world.DecideAsync(proposal, approve: true)).Outcome);
        Assert.Equal(ProposalStatus.Rejected, (await _world.LatestAsync()).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Approve_VerifiedAndAsserted_IsNotTwo(bool assertedFirst)
    {
        var proposal = await GivenTwoNeededAsync(new() { TwoApprovals = TwoApprovals.Always, AssertedDecisionsCount = true });

        Task<DecisionResult>[] both = assertedFirst
            ? [RelayAsync(proposal), _world.DecideAsync(proposal, approve: true)]
            : [_world.DecideAsync(proposal, approve: true), RelayAsync(proposal)];
        var outcomes = (await Task.WhenAll(both)).Select(r => r.Outcome).ToList();

        Assert.Equal(assertedFirst ? DecisionOutcome.Advice : DecisionOutcome.Recorded, outcomes[0]);
        Assert.Equal(2, (await _world.LatestAsync()).Decisions.Count);
        Assert.Equal(ProposalStatus.Pending, (await _world.LatestAsync()).Status);
        Assert.Equal(
            Answer, JsonAs<AssertedAnswer>(Assert.Single(_world.Audit.Entries, e => e.Type == nameof(AdviceGiven)).Details.GetProperty("asserted")));
        Assert.Equal(ClearOutcome.NotApproved, await _world.ApplyAsync(proposal));

        await _world.DecideAsync(proposal, approve: true, by: Samples.Amy);
        AssertApprovedByBoth(await _world.LatestAsync());
    }

    [Fact]
    public async Task Approve_VerifiedAndAssertedAtTheSameInstant_IsNotTwo()
    {
        var proposal = await GivenTwoNeededAsync(new() { TwoApprovals = TwoApprovals.Always, AssertedDecisionsCount = true });
        _world.Proposals.BeforeNextUpdate = () => RelayAsync(proposal).GetAwaiter().GetResult();

        Assert.Equal(DecisionOutcome.Recorded, (await _world.DecideAsync(proposal, approve: true)).Outcome);

        Assert.Equal(ProposalStatus.Pending, (await _world.LatestAsync()).Status);
    }

    [Fact]
    public async Task Approve_PolicyTightenedWhileItWaits_TakesTwo()
    {
        var proposal = await _world.GivenProposalAsync();
        await _world.RegisterAsync(t => t with { Policy = new() { TwoApprovals = TwoApprovals.Always } });

        var first = await _world.DecideAsync(proposal, approve: true);

        Assert.Equal((ProposalStatus.Pending, 2), (first.Proposal!.Status, first.Proposal.RequiredApprovals));
    }

    [Fact]
    public async Task Approve_PolicyRelaxedWhileItWaits_StillTakesTwo()
    {
        var proposal = await GivenTwoNeededAsync();
        await _world.RegisterAsync(t => t with { Policy = new() { TwoApprovals = TwoApprovals.Never } });

        Assert.Equal(ProposalStatus.Pending, (await _world.DecideAsync(proposal, approve: true)).Proposal!.Status);
    }

    [Fact]
    public async Task Apply_PolicyTightenedAfterTheApproval_IsSuperseded()
    {
        var proposal = await _world.GivenApprovedAsync();
        await _world.RegisterAsync(t => t with { Policy = new() { TwoApprovals = TwoApprovals.Always } });

        Assert.Equal(ClearOutcome.Superseded, await _world.ApplyAsync(proposal));

        Assert.Contains("approvals by two people", (await _world.LatestAsync()).Refusal, StringComparison.Ordinal);
        _world.AssertNothingWritten();
    }

    [Fact]
    public async Task Apply_StatusSetBehindOurBackWithOneApproval_IsSuperseded()
    {
        var proposal = await GivenTwoNeededAsync();
        var half = (await _world.DecideAsync(proposal, approve: true)).Proposal!;
        _world.Proposals.Tamper(half with { Status = ProposalStatus.Approved });

        Assert.Equal(ClearOutcome.Superseded, await _world.ApplyAsync(proposal));
        _world.AssertNothingWritten();
    }

    [Fact]
    public async Task Settle_AfterACrash_TellsTheFirstApprovalOnce()
    {
        var proposal = await GivenTwoNeededAsync();
        var half = (await _world.DecideAsync(proposal, approve: true)).Proposal!;

        await _world.Get<ProposalLedger>().SettleAsync(half, World.Cancellation);
        await _world.Get<ProposalLedger>().SettleAsync(half, World.Cancellation);

        Assert.Single(_world.Audit.Types, nameof(ApprovalGiven));
        Assert.Single(_world.Audit.Types, nameof(ClearProposed));
    }

    private async Task<Proposal> GivenTwoNeededAsync(TenantPolicy? policy = null)
    {
        await _world.RegisterAsync(t => t with { Policy = policy ?? new() { TwoApprovals = TwoApprovals.Always } });
        var proposal = await _world.GivenProposalAsync();
        Assert.Equal(2, proposal.RequiredApprovals);
        return proposal;
    }

    private Task<DecisionResult> RelayAsync(Proposal proposal) => _world.Get<DecideProposalHandler>().HandleAsync(
        new(proposal.Tenant, proposal.Id, true, proposal.Digest, "answered by mail", Workflow) { Asserted = Answer }, World.Cancellation);

    private static T? JsonAs<T>(System.Text.Json.JsonElement element) =>
        System.Text.Json.JsonSerializer.Deserialize<T>(element, Reanchor.Json.ReanchorJson.Options);

    private static void AssertWaitsForTheSecond(Proposal proposal)
    {
        Assert.Equal(ProposalStatus.Pending, proposal.Status);
        Assert.Single(proposal.Decisions);
    }

    private void AssertApprovedByBoth(Proposal proposal)
    {
        Assert.Equal(ProposalStatus.Approved, proposal.Status);
        Assert.Equal(
            [Samples.Amy, Samples.Anton],
            proposal.Decisions.Where(d => d.Asserted is null).Select(d => d.DecidedBy).OrderBy(a => a.Id, StringComparer.Ordinal));
        Assert.Equal([new ApplyClear(proposal.Tenant, proposal.Id)], _world.Queue.Of<ApplyClear>());
        Assert.Single(_world.Audit.Types, nameof(ApprovalGiven));
        Assert.Single(_world.Audit.Types, nameof(ProposalApproved));
    }
}
