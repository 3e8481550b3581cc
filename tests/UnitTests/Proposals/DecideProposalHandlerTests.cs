using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Xunit;

namespace Reanchor.UnitTests.Proposals;

public sealed class DecideProposalHandlerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_Approve_RecordsWhoAndWhyAndSendsTheClear()
    {
        var proposal = await _world.GivenProposalAsync();

        var result = await _world.DecideAsync(proposal, approve: true);

        Assert.Equal((DecisionOutcome.Recorded, ProposalStatus.Approved), (result.Outcome, result.Proposal!.Status));
        Assert.Equal(
            new Decision(true, Samples.Anton, _world.Clock.GetUtcNow(), "checked", proposal.Digest),
            Assert.Single((await _world.LatestAsync()).Decisions));
        Assert.Equal([new ApplyClear(proposal.Tenant, proposal.Id)], _world.Queue.Of<ApplyClear>());
        var told = Assert.Single(_world.Audit.Entries, e => e.Type == nameof(ProposalApproved));
        Assert.Equal((Samples.Anton, "checked"), (told.Actor, told.Reason));
        _world.AssertNothingWritten();
    }

    [Fact]
    public async Task HandleAsync_Reject_RecordsItAndSendsNothing()
    {
        var proposal = await _world.GivenProposalAsync();

        var result = await _world.DecideAsync(proposal, approve: false);

        Assert.Equal((DecisionOutcome.Recorded, ProposalStatus.Rejected), (result.Outcome, (await _world.LatestAsync()).Status));
        Assert.Empty(_world.Queue.Sent);
        Assert.Single(_world.Audit.Types, nameof(ProposalRejected));
    }

    [Fact]
    public async Task HandleAsync_NoSuchProposal_IsNotFound()
    {
        var proposal = await _world.GivenProposalAsync();

        var result = await _world.DecideAsync(proposal with { Id = proposal.Id.Following() }, approve: true);

        Assert.Equal(new(DecisionOutcome.NotFound, null), result);
    }

    [Fact]
    public async Task HandleAsync_ProposalOfAnotherTenant_IsNotFound()
    {
        var proposal = await _world.GivenProposalAsync();

        var result = await _world.DecideAsync(proposal with { Tenant = Samples.NewTenantId() }, approve: true);

        Assert.Equal(DecisionOutcome.NotFound, result.Outcome);
        Assert.Equal(ProposalStatus.Pending, (await _world.LatestAsync()).Status);
    }

    [Fact]
    public async Task HandleAsync_ApproveOwnRequest_IsRefused() => await AssertRefusedAsync(
        DecisionOutcome.OwnRequest, await _world.GivenProposalAsync(), Samples.Olga with { Name = "O. P. Erator" });

    [Fact]
    public async Task HandleAsync_RejectOwnRequest_IsRecorded()
    {
        var proposal = await _world.GivenProposalAsync();

        var result = await _world.DecideAsync(proposal, approve: false, by: Samples.Olga);

        Assert.Equal(DecisionOutcome.Recorded, result.Outcome);
    }

    [Fact]
    public async Task HandleAsync_ScanOnSchedule_MayBeApprovedByAnyone()
    {
        var proposal = await _world.GivenProposalAsync(requestedBy: Actor.System);

        Assert.Equal(DecisionOutcome.Recorded, (await _world.DecideAsync(proposal, approve: true, by: Samples.Olga)).Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task HandleAsync_AnotherDigest_IsRefused(string digest) =>
        await AssertRefusedAsync(DecisionOutcome.Changed, await _world.GivenProposalAsync(), digest: digest);

    [Fact]
    public async Task HandleAsync_RowAlteredBehindOurBack_IsRefused()
    {
        var proposal = await _world.GivenProposalAsync();
        _world.Proposals.Tamper(proposal with { Anchor = new("AAAAAAAAAAAAAAAAAAAAAA==") });

        await AssertRefusedAsync(DecisionOutcome.Changed, proposal);
    }

    [Fact]
    public async Task HandleAsync_TimeRanOut_IsRefused()
    {
        var proposal = await _world.GivenProposalAsync();
        _world.Clock.SetUtcNow(proposal.ExpiresAt);

        await AssertRefusedAsync(DecisionOutcome.Expired, proposal);
    }

    [Fact]
    public async Task HandleAsync_MarkedExpired_IsRefused()
    {
        var proposal = await _world.GivenProposalAsync();
        _world.Proposals.Tamper(proposal.Expire(_world.Clock.GetUtcNow()));

        await AssertRefusedAsync(DecisionOutcome.Expired, proposal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandleAsync_DecidedAlready_IsRefused(bool approved)
    {
        var proposal = await _world.GivenProposalAsync();
        await _world.DecideAsync(proposal, approved);
        _world.Queue.Take<ApplyClear>();
        _world.Clock.Advance(TimeSpan.FromSeconds(1));

        await AssertRefusedAsync(DecisionOutcome.AlreadyDecided, proposal);
    }

    [Fact]
    public async Task HandleAsync_SomeoneDecidesAtThisMoment_TheirsStands()
    {
        var proposal = await _world.GivenProposalAsync();
        _world.SomeoneElseMovesFirst(p => p.Decide(Samples.Reject(p)));

        await AssertRefusedAsync(DecisionOutcome.AlreadyDecided, proposal);

        Assert.Equal(ProposalStatus.Rejected, (await _world.LatestAsync()).Status);
    }

    [Fact]
    public async Task HandleAsync_FourMisuses_LeaveFourRowsOfWhoTriedWhat()
    {
        var proposal = await _world.GivenProposalAsync();
        await _world.DecideAsync(proposal, approve: true, by: Samples.Olga);
        await _world.DecideAsync(proposal, approve: true, digest: "another");
        await _world.DecideAsync(proposal, approve: true);
        _world.Clock.Advance(TimeSpan.FromSeconds(1));
        await _world.DecideAsync(proposal, approve: false);
        var late = Samples.NewProposal(proposal.Tenant);
        await _world.Proposals.TryAddAsync(late, World.Cancellation);
        _world.Clock.SetUtcNow(late.ExpiresAt);
        await _world.DecideAsync(late, approve: true);

        Assert.Equal(
            ["ownRequest", "changed", "alreadyDecided", "expired"],
            _world.Audit.Entries.Where(e => e.Type == nameof(DecisionRefused)).Select(e => e.Details.GetProperty("outcome").GetString()));
    }

    private async Task AssertRefusedAsync(DecisionOutcome expected, Proposal proposal, Actor? by = null, string? digest = null)
    {
        var before = (await _world.LatestAsync()).Decisions.Count;

        var result = await _world.DecideAsync(proposal, approve: true, by, digest);

        Assert.Equal(expected, result.Outcome);
        Assert.DoesNotContain((await _world.LatestAsync()).Decisions.Skip(before), d => d.Approved);
        Assert.Empty(_world.Queue.Sent);
        var told = Assert.Single(_world.Audit.Entries, e => e.Type == nameof(DecisionRefused));
        Assert.Equal((by ?? Samples.Anton, "checked", proposal.Id), (told.Actor, told.Reason, told.Proposal));
    }
}
