using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Proposals;

public sealed class WhoMayDecideTests : IDisposable
{
    private static readonly Guid Bea = Guid.Parse("bbbbbbbb-0000-4000-8000-000000000001");
    private static readonly Guid Group = Guid.Parse("cccccccc-0000-4000-8000-000000000001");

    private static readonly Actor Workflow = new(ActorKind.Application, "oid-workflow", "approval workflow", "https://login.example/");

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Approve_ByWhoeverHandedInTheInventory_IsRefused()
    {
        var proposal = await _world.GivenProposalAsync();
        var person = Samples.Collector with { Kind = ActorKind.Person, Name = "Ida Importer" };

        Assert.Equal(DecisionOutcome.OwnImport, (await _world.DecideAsync(proposal, approve: true, by: person)).Outcome);
        Assert.Equal(DecisionOutcome.Recorded, (await _world.DecideAsync(proposal, approve: false, by: person)).Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Decide_ApplicationInItsOwnName_IsRefusedAndOnTheTrail(bool approve)
    {
        var proposal = await _world.GivenProposalAsync();

        var result = await _world.DecideAsync(proposal, approve, by: Workflow);

        Assert.Equal(DecisionOutcome.NotAPerson, result.Outcome);
        Assert.Empty((await _world.LatestAsync()).Decisions);
        Assert.Equal(Workflow, Assert.Single(_world.Audit.Entries, e => e.Type == nameof(DecisionRefused)).Actor);
    }

    [Fact]
    public async Task Approve_PolicyNamesPeopleAndGroups_OthersAreRefused()
    {
        var proposal = await GivenProposalAsync(new() { ApproverIds = [Bea, Group] });

        Assert.Equal(DecisionOutcome.NotAnApprover, (await _world.DecideAsync(proposal, approve: true)).Outcome);
        Assert.Equal(DecisionOutcome.NotAnApprover, (await ApproveAsync(proposal, Samples.Anton, Guid.NewGuid())).Outcome);
        Assert.Equal(DecisionOutcome.Recorded, (await ApproveAsync(proposal, Samples.Anton, Group)).Outcome);
    }

    [Theory]
    [InlineData("relayed answers count no longer")]
    [InlineData("the group approves no longer")]
    [InlineData("the person approves no longer")]
    public async Task Apply_PolicyTightenedSinceTheApproval_IsSuperseded(string how)
    {
        var policy = new TenantPolicy { AssertedDecisionsCount = true, ApproverIds = [Bea, Group] };
        var proposal = await GivenProposalAsync(policy);
        var approved = how switch
        {
            "relayed answers count no longer" => await _world.Get<DecideProposalHandler>().HandleAsync(
                new(proposal.Tenant, proposal.Id, true, proposal.Digest, "yes", Workflow) { Asserted = new("batch", Bea, null, null) }, World.Cancellation),
            "the group approves no longer" => await ApproveAsync(proposal, Samples.Anton, Group),
            _ => await ApproveAsync(proposal, Samples.Anton with { Id = $"{Bea:D}" }),
        };
        Assert.Equal((DecisionOutcome.Recorded, ProposalStatus.Approved), (approved.Outcome, approved.Proposal!.Status));

        await _world.RegisterAsync(t => t with
        {
            Policy = how switch
            {
                "relayed answers count no longer" => policy with { AssertedDecisionsCount = false },
                "the group approves no longer" => policy with { ApproverIds = [Bea] },
                _ => policy with { ApproverIds = [Group] },
            },
        });

        Assert.Equal(ClearOutcome.Superseded, await _world.ApplyAsync(proposal));
        _world.AssertNothingWritten();
    }

    [Fact]
    public async Task Apply_ApprovedByAGroupThatStillApproves_IsCleared()
    {
        var proposal = await GivenProposalAsync(new() { ApproverIds = [Bea, Group] });
        await ApproveAsync(proposal, Samples.Anton, Group);

        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));
    }

    [Fact]
    public async Task Approve_NamedPerson_IsRecorded()
    {
        var proposal = await GivenProposalAsync(new() { ApproverIds = [Bea] });

        Assert.Equal(DecisionOutcome.Recorded, (await ApproveAsync(proposal, Samples.Anton with { Id = $"{Bea:D}" })).Outcome);
    }

    [Fact]
    public async Task Relay_PolicyDoesNotCountIt_IsAdviceAndDecidesNothing()
    {
        var proposal = await _world.GivenProposalAsync();

        var result = await RelayAsync(proposal, Bea);

        Assert.Equal((DecisionOutcome.Advice, ProposalStatus.Pending), (result.Outcome, result.Proposal!.Status));
        Assert.False(Assert.Single(result.Proposal.Decisions).Counts);
        Assert.Empty(_world.Queue.Sent);
        Assert.Equal(ClearOutcome.NotApproved, await _world.ApplyAsync(proposal));
    }

    [Fact]
    public async Task Relay_NoThatDoesNotCount_LeavesItPending()
    {
        var proposal = await _world.GivenProposalAsync();

        Assert.Equal(DecisionOutcome.Advice, (await RelayAsync(proposal, Bea, approve: false)).Outcome);
        Assert.Equal(ProposalStatus.Pending, (await _world.LatestAsync()).Status);
    }

    [Fact]
    public async Task Relay_PolicyCountsIt_ApprovesWhereOneIsEnough()
    {
        var proposal = await GivenProposalAsync(new() { AssertedDecisionsCount = true });

        var result = await RelayAsync(proposal, Bea);

        Assert.Equal((DecisionOutcome.Recorded, ProposalStatus.Approved), (result.Outcome, result.Proposal!.Status));
        var told = Assert.Single(_world.Audit.Entries, e => e.Type == nameof(ProposalApproved));
        Assert.Equal((Workflow, $"{Bea}"), (told.Actor, told.Details.GetProperty("asserted").GetProperty("objectId").GetString()));
    }

    [Fact]
    public async Task Relay_SameBatchAgain_ChangesNothingAndSendsTheClearAgain()
    {
        var proposal = await GivenProposalAsync(new() { AssertedDecisionsCount = true });
        await RelayAsync(proposal, Bea);

        Assert.Equal(DecisionOutcome.Recorded, (await RelayAsync(proposal, Bea)).Outcome);

        Assert.Single((await _world.LatestAsync()).Decisions);
        Assert.Equal(2, _world.Queue.Of<ApplyClear>().Count);
        Assert.DoesNotContain(nameof(DecisionRefused), _world.Audit.Types);
    }

    [Fact]
    public async Task Relay_ConnectorDoesNotSayWho_IsAdviceOnly()
    {
        var proposal = await GivenProposalAsync(new() { AssertedDecisionsCount = true });

        Assert.Equal(DecisionOutcome.Advice, (await RelayAsync(proposal, null)).Outcome);
    }

    [Fact]
    public async Task Relay_AnsweredByWhoeverAskedOrImported_IsRefused()
    {
        await GivenProposalAsync(new() { AssertedDecisionsCount = true }, requestedBy: Samples.Olga with { Id = $"{Bea:D}".ToUpperInvariant() });
        var own = await _world.LatestAsync();
        var imported = own with { RequestedBy = Samples.Olga, Evidence = own.Evidence with { ImportedBy = [$"{Bea}"] } };

        Assert.Equal(DecisionOutcome.OwnRequest, (await RelayAsync(own, Bea)).Outcome);
        _world.Proposals.Tamper(imported);
        Assert.Equal(DecisionOutcome.OwnImport, (await RelayAsync(imported, Bea)).Outcome);
        Assert.Empty((await _world.LatestAsync()).Decisions);
    }

    [Fact]
    public async Task Relay_AnsweredBySomeoneWhomThePolicyDoesNotName_IsRefused()
    {
        var proposal = await GivenProposalAsync(new() { AssertedDecisionsCount = true, ApproverIds = [Group] });

        Assert.Equal(DecisionOutcome.NotAnApprover, (await RelayAsync(proposal, Bea)).Outcome);
    }

    [Fact]
    public async Task Approve_ClearedRestoredAndProposedAnew_NeedsAnApprovalOfItsOwn()
    {
        var cleared = await _world.GivenClearedAsync();
        await _world.Get<RequestRestoreHandler>().HandleAsync(new(cleared.Tenant, cleared.Id, "once more", Samples.Anton), World.Cancellation);
        await _world.Get<RestoreAnchorHandler>().HandleAsync(Assert.Single(_world.Queue.Take<RestoreAnchor>()), World.Cancellation);
        await _world.ScanAsync();
        await _world.Get<ProposeClearHandler>().HandleAsync(Assert.Single(_world.Queue.Take<ProposeClear>()), World.Cancellation);
        var next = await _world.LatestAsync();

        Assert.NotEqual(cleared.Id, next.Id);
        Assert.Equal(cleared.Digest, next.Digest);
        Assert.Empty(next.Decisions);
        Assert.Equal(ClearOutcome.NotApproved, await _world.ApplyAsync(cleared));
        Assert.Equal(ClearOutcome.NotApproved, await _world.ApplyAsync(next));
        Assert.Equal(DecisionOutcome.AlreadyDecided, (await _world.DecideAsync(cleared, approve: true)).Outcome);
    }

    private async Task<Proposal> GivenProposalAsync(TenantPolicy policy, Actor? requestedBy = null)
    {
        await _world.RegisterAsync(t => t with { Policy = policy });
        return await _world.GivenProposalAsync(requestedBy);
    }

    private Task<DecisionResult> ApproveAsync(Proposal proposal, Actor by, params Guid[] memberOf) => _world.Get<DecideProposalHandler>().HandleAsync(
        new(proposal.Tenant, proposal.Id, true, proposal.Digest, "checked", by) { MemberOf = memberOf }, World.Cancellation);

    private Task<DecisionResult> RelayAsync(Proposal proposal, Guid? answeredBy, bool approve = true) => _world.Get<DecideProposalHandler>().HandleAsync(
        new(proposal.Tenant, proposal.Id, approve, proposal.Digest, "answered by mail", Workflow)
        {
            Asserted = new("batch-1", answeredBy, Guid.NewGuid(), "Bea"),
        },
        World.Cancellation);
}
