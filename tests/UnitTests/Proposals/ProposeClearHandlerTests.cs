using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Proposals;

public sealed class ProposeClearHandlerTests : IDisposable
{
    private static readonly DirectoryAccount Replacement = Samples.AnnsAccount with { ObjectGuid = Guid.NewGuid() };

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_Candidate_IsProposedWithItsDigest()
    {
        var proposal = await _world.GivenProposalAsync();

        Assert.Equal(ProposalStatus.Pending, proposal.Status);
        Assert.True(proposal.DigestHolds);
        Assert.Equal((Samples.OldAnchor, Samples.ExpectedAnchor), (proposal.Anchor, proposal.Evidence.ExpectedAnchor));
        Assert.Equal((Samples.Olga, Samples.Ann.OnPremises), (proposal.RequestedBy, proposal.OnPremises));
        Assert.Equal(proposal.ProposedAt.AddHours(168), proposal.ExpiresAt);
        Assert.Single(_world.Audit.Types, nameof(ClearProposed));
        _world.AssertNothingWritten();
    }

    [Fact]
    public async Task HandleAsync_DeliveredTwice_ProposesOnce()
    {
        var proposal = await _world.GivenProposalAsync();

        var outcome = await AgainAsync(proposal);

        Assert.Equal(ProposeOutcome.AlreadyProposed, outcome);
        Assert.Equal(proposal.Id, (await _world.LatestAsync()).Id);
        Assert.Single(_world.Audit.Types, nameof(ClearProposed));
    }

    [Fact]
    public async Task HandleAsync_DeliveredAgainAfterTheClearEnded_ProposesNothing()
    {
        var cleared = await _world.GivenClearedAsync();
        await _world.Proposals.TryUpdateAsync(
            (await _world.Proposals.FindLatestAsync(cleared.Tenant, cleared.UserId, World.Cancellation))!,
            cleared.Verify(_world.Clock.GetUtcNow()),
            World.Cancellation);

        await AgainAsync(cleared);

        Assert.Equal(ProposalStatus.Verified, (await _world.LatestAsync()).Status);
    }

    [Fact]
    public async Task HandleAsync_CrashBeforeTheTrailWasTold_RedeliveryTellsIt()
    {
        await _world.GivenAnnAsync();
        await _world.ScanAsync();
        var command = Assert.Single(_world.Queue.Take<ProposeClear>());
        _world.Audit.BeforeNextAppend = _ => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => HandleAsync(command));

        await HandleAsync(command);

        Assert.Single(_world.Audit.Types, nameof(ClearProposed));
    }

    [Fact]
    public async Task HandleAsync_NewerInventorySaysTheSame_KeepsThePendingOne()
    {
        var proposal = await _world.GivenProposalAsync();
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.UploadAsync(Samples.AnnsAccount, new() { ObjectGuid = Guid.NewGuid(), SamAccountName = "new" });

        var outcome = await ScanAndProposeAsync();

        Assert.Equal(ProposeOutcome.AlreadyProposed, outcome);
        JsonAssert.Same(proposal, await _world.LatestAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandleAsync_EvidenceChanged_SupersedesAndProposesAnew(bool approved)
    {
        var first = await (approved ? _world.GivenApprovedAsync() : _world.GivenProposalAsync());
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.UploadAsync(Replacement);

        var outcome = await ScanAndProposeAsync();

        Assert.Equal(ProposeOutcome.Proposed, outcome);
        Assert.Equal(ProposalStatus.Superseded, (await FindAsync(first.Id)).Status);
        var second = await _world.LatestAsync();
        Assert.Equal((first.Id.Following(), ProposalStatus.Pending), (second.Id, second.Status));
        Assert.NotEqual(first.Digest, second.Digest);
        Assert.Single(_world.Audit.Types, nameof(ProposalSuperseded));
    }

    [Fact]
    public async Task HandleAsync_OtherOnPremisesValues_SupersedesAndProposesAnew()
    {
        var first = await _world.GivenProposalAsync();
        _world.Directory.Put(first.Tenant, Samples.Ann with { OnPremises = new() { SecurityIdentifier = "S-1-5-21-7-7-7-7" } });

        await ScanAndProposeAsync();

        Assert.Equal(ProposalStatus.Superseded, (await FindAsync(first.Id)).Status);
        Assert.Equal("S-1-5-21-7-7-7-7", (await _world.LatestAsync()).OnPremises.SecurityIdentifier);
    }

    [Fact]
    public async Task HandleAsync_EarlierOneDecidedMeanwhile_LosesTheRace()
    {
        var first = await _world.GivenProposalAsync();
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.UploadAsync(Replacement);
        await _world.ScanAsync();
        _world.SomeoneElseMovesFirst(p => p.Decide(Samples.Reject(p)));

        var outcome = await HandleAsync(Assert.Single(_world.Queue.Take<ProposeClear>()));

        Assert.Equal(ProposeOutcome.LostRace, outcome);
        Assert.Equal((first.Id, ProposalStatus.Rejected), ((await _world.LatestAsync()).Id, (await _world.LatestAsync()).Status));
    }

    [Theory]
    [InlineData(29, ProposeOutcome.RejectedBefore)]
    [InlineData(30, ProposeOutcome.Proposed)]
    public async Task HandleAsync_RejectedBefore_HoldsForItsTime(int days, ProposeOutcome expected)
    {
        var rejected = await _world.GivenProposalAsync();
        await _world.DecideAsync(rejected, approve: false);
        _world.Clock.Advance(TimeSpan.FromDays(days));
        await GivenFreshInventoryAndSyncAsync(Samples.AnnsAccount);

        var outcome = await ScanAndProposeAsync();

        Assert.Equal(expected, outcome);
        Assert.Equal(ProposalStatus.Rejected, (await FindAsync(rejected.Id)).Status);
    }

    [Fact]
    public async Task HandleAsync_RejectedOnOtherEvidence_ProposesAnew()
    {
        await _world.DecideAsync(await _world.GivenProposalAsync(), approve: false);
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.UploadAsync(Replacement);

        Assert.Equal(ProposeOutcome.Proposed, await ScanAndProposeAsync());
    }

    [Theory]
    [InlineData(29, ProposeOutcome.RefusedBefore)]
    [InlineData(30, ProposeOutcome.Proposed)]
    public async Task HandleAsync_ClearRefusedBefore_HoldsForItsTime(int days, ProposeOutcome expected)
    {
        var refused = await GivenRefusedAsync();
        _world.Clock.Advance(TimeSpan.FromDays(days));
        await GivenFreshInventoryAndSyncAsync(Samples.AnnsAccount);

        var outcome = await ScanAndProposeAsync();

        Assert.Equal(expected, outcome);
        Assert.Equal(ProposalStatus.Refused, (await FindAsync(refused.Id)).Status);
    }

    [Theory]
    [InlineData(RefusalCause.Permission, ProposeOutcome.Proposed)]
    [InlineData(RefusalCause.Privileged, ProposeOutcome.Proposed)]
    [InlineData(RefusalCause.Federated, ProposeOutcome.Proposed)]
    [InlineData(RefusalCause.Synced, ProposeOutcome.Proposed)]
    [InlineData(RefusalCause.NotFound, ProposeOutcome.Proposed)]
    [InlineData(RefusalCause.Uniqueness, ProposeOutcome.RefusedBefore)]
    [InlineData(RefusalCause.Unknown, ProposeOutcome.RefusedBefore)]
    public async Task HandleAsync_ClearRefusedAndACandidateAgain_HoldsOnlyWhatNobodyCanCure(RefusalCause cause, ProposeOutcome expected)
    {
        await GivenRefusedAsync(cause);
        _world.Directory.Refusal = null;

        Assert.Equal(expected, await ScanAndProposeAsync());
    }

    [Fact]
    public async Task HandleAsync_ClearRefusedOnOtherEvidence_ProposesAnew()
    {
        await GivenRefusedAsync();
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.UploadAsync(Replacement);

        Assert.Equal(ProposeOutcome.Proposed, await ScanAndProposeAsync());
    }

    [Fact]
    public async Task HandleAsync_SeenTooLittle_WaitsForTheScansThatTheFindingSays()
    {
        await _world.RegisterAsync(t => t with { Policy = new() { MinimumSightings = 3 } });
        await _world.UploadAsync(Samples.AnnsAccount);
        _world.Directory.Put(_world.Tenant.Id, Samples.Ann);

        Assert.Equal(ProposeOutcome.SeenTooLittle, await ScanAndProposeAsync());
        Assert.Equal(ProposeOutcome.SeenTooLittle, await ScanAndProposeAsync());
        var waiting = (await _world.Findings.FindAsync(_world.Tenant.Id, Samples.Ann.Id, World.Cancellation))!;

        Assert.Equal(Classification.Candidate, waiting.Classification);
        Assert.StartsWith("Seen as a candidate by 2 of the 3 scans in a row", waiting.Sightings.WaitsFor(_world.Tenant.Policy), StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(ClearProposed), _world.Audit.Types);
        Assert.Equal(ProposeOutcome.Proposed, await ScanAndProposeAsync());
    }

    [Fact]
    public async Task HandleAsync_OtherEvidenceSeenTooLittle_ClosesTheEarlierOneAndWaits()
    {
        var first = await _world.GivenProposalAsync();
        await _world.RegisterAsync(t => t with { Policy = new() { MinimumSightings = 2 } });
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.UploadAsync(Replacement);

        Assert.Equal(ProposeOutcome.SeenTooLittle, await ScanAndProposeAsync());

        Assert.Equal((first.Id, ProposalStatus.Superseded), ((await _world.LatestAsync()).Id, (await _world.LatestAsync()).Status));
        Assert.Equal(ProposeOutcome.Proposed, await ScanAndProposeAsync());
    }

    [Fact]
    public async Task HandleAsync_SeenBeforeTheScanStartedOverOnly_IsOutdated()
    {
        await _world.GivenAnnAsync();
        var scan = await _world.ScanAsync();
        var found = await _world.Scans.FindAsync(scan.Tenant, scan.Id, World.Cancellation);
        await _world.Scans.TryUpdateAsync(found!, scan with { Rewinds = 1 }, World.Cancellation);

        Assert.Equal(ProposeOutcome.Outdated, await HandleAsync(Assert.Single(_world.Queue.Take<ProposeClear>())));
    }

    [Fact]
    public async Task HandleAsync_PendingOneRanOut_IsExpiredAndProposedAnew()
    {
        var first = await _world.GivenProposalAsync();
        _world.Clock.Advance(TimeSpan.FromDays(8));
        await GivenFreshInventoryAndSyncAsync(Samples.AnnsAccount);

        var outcome = await ScanAndProposeAsync();

        Assert.Equal(ProposeOutcome.Proposed, outcome);
        Assert.Equal(ProposalStatus.Expired, (await FindAsync(first.Id)).Status);
        Assert.Single(_world.Audit.Types, nameof(ProposalExpired));
    }

    [Fact]
    public async Task HandleAsync_LaterScanJudgedTheUser_IsOutdated()
    {
        await _world.GivenAnnAsync();
        await _world.ScanAsync();
        var command = Assert.Single(_world.Queue.Take<ProposeClear>());
        await _world.ScanAsync();

        Assert.Equal(ProposeOutcome.Outdated, await HandleAsync(command));
        Assert.Null(await _world.Proposals.FindLatestAsync(_world.Tenant.Id, Samples.Ann.Id, World.Cancellation));
    }

    [Theory]
    [InlineData("report")]
    [InlineData("disabled")]
    [InlineData("gone")]
    [InlineData("no candidate")]
    public async Task HandleAsync_NoLongerToBeProposed_IsOutdated(string change)
    {
        await _world.GivenAnnAsync();
        var scan = await _world.ScanAsync();
        var command = Assert.Single(_world.Queue.Take<ProposeClear>());
        await (change switch
        {
            "report" => _world.RegisterAsync(t => t with { Mode = TenantMode.Report }),
            "disabled" => _world.RegisterAsync(t => t with { Enabled = false }),
            "gone" => _world.Get<RemoveTenantHandler>().HandleAsync(new(scan.Tenant, Samples.Olga), World.Cancellation),
            _ => _world.Findings.SaveAsync(
                scan.Tenant, [Samples.NewFinding(scan.Tenant, scan.Id, Samples.Ann.Id, Classification.Guest)], World.Cancellation),
        });

        Assert.Equal(ProposeOutcome.Outdated, await HandleAsync(command));
        Assert.DoesNotContain(nameof(ClearProposed), _world.Audit.Types);
    }

    private async Task<Proposal> GivenRefusedAsync(RefusalCause cause = RefusalCause.Unknown)
    {
        var approved = await _world.GivenApprovedAsync();
        _world.Directory.Refusal = new(cause, "403");
        await _world.ApplyAsync(approved);
        return await _world.LatestAsync();
    }

    private async Task GivenFreshInventoryAndSyncAsync(params DirectoryAccount[] accounts)
    {
        await _world.UploadAsync(accounts);
        _world.Directory.TenantFacts = Samples.Facts with { Sync = Reading.Known(new OrganisationSync(true, _world.Clock.GetUtcNow())) };
    }

    private async Task<ProposeOutcome> ScanAndProposeAsync()
    {
        await _world.ScanAsync();
        return await HandleAsync(Assert.Single(_world.Queue.Take<ProposeClear>()));
    }

    private Task<ProposeOutcome> AgainAsync(Proposal proposal) => HandleAsync(new(proposal.Tenant, proposal.Scan, proposal.UserId));

    private Task<ProposeOutcome> HandleAsync(ProposeClear command) =>
        _world.Get<ProposeClearHandler>().HandleAsync(command, World.Cancellation);

    private async Task<Proposal> FindAsync(ProposalId id) =>
        (await _world.Proposals.FindAsync(_world.Tenant.Id, id, World.Cancellation))!.Item;
}
