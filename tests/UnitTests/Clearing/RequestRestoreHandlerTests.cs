using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.UnitTests.Clearing;

public sealed class RequestRestoreHandlerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(ProposalStatus.Cleared)]
    [InlineData(ProposalStatus.Inconclusive)]
    public async Task HandleAsync_Cleared_IsAcceptedWithWhoAndWhyOnRecord(ProposalStatus status)
    {
        var proposal = await GivenAsync(status);

        var result = await RequestAsync(proposal);

        Assert.Equal((RequestRestoreOutcome.Accepted, null), (result.Outcome, result.Explanation));
        Assert.Equal(ProposalStatus.Restoring, (await _world.LatestAsync()).Status);
        Assert.Equal([new RestoreAnchor(proposal.Tenant, proposal.Id)], _world.Queue.Of<RestoreAnchor>());
        var told = Assert.Single(_world.Audit.Entries, e => e.Type == nameof(RestoreRequested));
        Assert.Equal((Samples.Anton, "wrong user"), (told.Actor, told.Reason));
        Assert.Single(_world.Directory.Writes);
    }

    [Theory]
    [InlineData(ProposalStatus.Pending)]
    [InlineData(ProposalStatus.Approved)]
    [InlineData(ProposalStatus.Rejected)]
    [InlineData(ProposalStatus.Expired)]
    [InlineData(ProposalStatus.Superseded)]
    [InlineData(ProposalStatus.Clearing)]
    [InlineData(ProposalStatus.Refused)]
    [InlineData(ProposalStatus.Restoring)]
    [InlineData(ProposalStatus.Restored)]
    public async Task HandleAsync_NothingCleared_IsRefused(ProposalStatus status) =>
        await AssertRefusedAsync(RequestRestoreOutcome.NothingToRestore, await GivenAsync(status));

    [Fact]
    public async Task HandleAsync_Verified_IsTooLate() =>
        await AssertRefusedAsync(RequestRestoreOutcome.TooLate, await GivenAsync(ProposalStatus.Verified));

    [Fact]
    public async Task HandleAsync_MatchTookTheUser_IsTooLate()
    {
        var proposal = await GivenAsync(ProposalStatus.Cleared);
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { OnPremisesSyncEnabled = true, Anchor = Samples.ExpectedAnchor });

        await AssertRefusedAsync(RequestRestoreOutcome.TooLate, proposal);
    }

    [Fact]
    public async Task HandleAsync_TenantDisabled_IsRefused()
    {
        var proposal = await GivenAsync(ProposalStatus.Cleared);
        await _world.RegisterAsync(t => t with { Enabled = false });

        await AssertRefusedAsync(RequestRestoreOutcome.TenantDisabled, proposal);
    }

    [Fact]
    public async Task HandleAsync_WholeScan_HasAnOutcomeForEachOfItsProposals()
    {
        var cleared = await GivenAsync(ProposalStatus.Cleared);
        var others = new[] { ProposalStatus.Verified, ProposalStatus.Rejected, ProposalStatus.Cleared }
            .Select(status => Samples.NewProposal(cleared.Tenant) with { Scan = cleared.Scan, Status = status, ClearedAt = cleared.ClearedAt }).ToList();
        others[2] = others[2] with { Scan = ScanId.At(Samples.Now.AddDays(-1)) };
        others.ForEach(_world.Proposals.Tamper);

        var page = await RestoreScanAsync(cleared.Scan);
        var again = await RestoreScanAsync(cleared.Scan);

        Assert.Equal(
            new Dictionary<ProposalId, RequestRestoreOutcome>
            {
                [cleared.Id] = RequestRestoreOutcome.Accepted,
                [others[0].Id] = RequestRestoreOutcome.TooLate,
                [others[1].Id] = RequestRestoreOutcome.NothingToRestore,
            },
            page!.Items.ToDictionary(r => r.Proposal!.Id, r => r.Outcome));
        _world.Directory.BeforeUser = _ => FakeDirectory.Down();
        _world.Proposals.Tamper(cleared);
        Assert.Contains((await RestoreScanAsync(cleared.Scan))!.Items, r => r.Outcome is RequestRestoreOutcome.DirectoryUnavailable);
        Assert.DoesNotContain(again!.Items, r => r.Outcome is RequestRestoreOutcome.Accepted);
        Assert.Equal([new RestoreAnchor(cleared.Tenant, cleared.Id)], _world.Queue.Of<RestoreAnchor>());
        Assert.Null(await RestoreScanAsync(ScanId.At(Samples.Now.AddDays(-9))));
    }

    [Fact]
    public async Task HandleAsync_NoSuchProposal_IsNotFound()
    {
        var proposal = await GivenAsync(ProposalStatus.Cleared);

        var result = await RequestAsync(proposal with { Id = proposal.Id.Following() });

        Assert.Equal((RequestRestoreOutcome.NotFound, null), (result.Outcome, result.Proposal));
    }

    [Fact]
    public async Task HandleAsync_VerifiedAtThisMoment_LosesTheRace()
    {
        var proposal = await GivenAsync(ProposalStatus.Cleared);
        _world.SomeoneElseMovesFirst(p => p.Verify(Samples.Now));

        var result = await RequestAsync(proposal);

        Assert.Equal(RequestRestoreOutcome.LostRace, result.Outcome);
        Assert.Equal(ProposalStatus.Verified, (await _world.LatestAsync()).Status);
        Assert.Empty(_world.Queue.Sent);
    }

    private async Task<Proposal> GivenAsync(ProposalStatus status)
    {
        var proposal = await _world.GivenClearedAsync() with { Status = status };
        proposal = status is ProposalStatus.Restoring or ProposalStatus.Restored
            ? proposal with { Restore = new(Samples.Anton, Samples.Now, "earlier") }
            : proposal;
        _world.Proposals.Tamper(proposal);
        return proposal;
    }

    private Task<RequestRestoreResult> RequestAsync(Proposal proposal) => _world.Get<RequestRestoreHandler>().HandleAsync(
        new(proposal.Tenant, proposal.Id, "wrong user", Samples.Anton), World.Cancellation);

    private Task<Page<RequestRestoreResult>?> RestoreScanAsync(ScanId scan) => _world.Get<RestoreScanHandler>().HandleAsync(
        new(_world.Tenant.Id, scan, "wrong inventory", Samples.Anton, null), World.Cancellation);

    private async Task AssertRefusedAsync(RequestRestoreOutcome expected, Proposal proposal)
    {
        var result = await RequestAsync(proposal);

        Assert.Equal(expected, result.Outcome);
        Assert.NotEmpty(result.Explanation!);
        Assert.Equal(proposal.Status, (await _world.LatestAsync()).Status);
        Assert.Empty(_world.Queue.Sent);
    }
}
