using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Reanchor.Proposals;
using Reanchor.Scanning;

namespace Reanchor.UnitTests.Proposals;

/// <summary>A candidate for whom something was proposed before.</summary>
public sealed class ProposeAgainTests : ProposeClearTests
{
    private static readonly DirectoryAccount Replacement = Samples.AnnsAccount with { ObjectGuid = Guid.NewGuid() };

    [Fact]
    public async Task HandleAsync_NewerInventorySaysTheSame_KeepsThePendingOne()
    {
        var proposal = await World.GivenProposalAsync();
        World.Clock.Advance(TimeSpan.FromHours(1));
        await World.UploadAsync(Samples.AnnsAccount, new() { ObjectGuid = Guid.NewGuid(), SamAccountName = "new" });

        var outcome = await ScanAndProposeAsync();

        Assert.Equal(ProposeOutcome.AlreadyProposed, outcome);
        JsonAssert.Same(proposal, await World.LatestAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandleAsync_EvidenceChanged_SupersedesAndProposesAnew(bool approved)
    {
        var first = await (approved ? World.GivenApprovedAsync() : World.GivenProposalAsync());
        World.Clock.Advance(TimeSpan.FromHours(1));
        await World.UploadAsync(Replacement);

        var outcome = await ScanAndProposeAsync();

        Assert.Equal(ProposeOutcome.Proposed, outcome);
        Assert.Equal(ProposalStatus.Superseded, (await FindAsync(first.Id)).Status);
        var second = await World.LatestAsync();
        Assert.Equal((first.Id.Following(), ProposalStatus.Pending), (second.Id, second.Status));
        Assert.NotEqual(first.Digest, second.Digest);
        Assert.Single(World.Audit.Types, nameof(ProposalSuperseded));
    }

    [Fact]
    public async Task HandleAsync_OtherOnPremisesValues_SupersedesAndProposesAnew()
    {
        var first = await World.GivenProposalAsync();
        World.Directory.Put(first.Tenant, Samples.Ann with { OnPremises = new() { SecurityIdentifier = "S-1-5-21-7-7-7-7" } });

        await ScanAndProposeAsync();

        Assert.Equal(ProposalStatus.Superseded, (await FindAsync(first.Id)).Status);
        Assert.Equal("S-1-5-21-7-7-7-7", (await World.LatestAsync()).OnPremises.SecurityIdentifier);
    }

    [Fact]
    public async Task HandleAsync_EarlierOneDecidedMeanwhile_LosesTheRace()
    {
        var first = await World.GivenProposalAsync();
        World.Clock.Advance(TimeSpan.FromHours(1));
        await World.UploadAsync(Replacement);
        await World.ScanAsync();
        World.SomeoneElseMovesFirst(p => p.Decide(Samples.Reject(p)));

        var outcome = await HandleAsync(Assert.Single(World.Queue.Take<ProposeClear>()));

        Assert.Equal(ProposeOutcome.LostRace, outcome);
        Assert.Equal((first.Id, ProposalStatus.Rejected), ((await World.LatestAsync()).Id, (await World.LatestAsync()).Status));
    }

    [Theory]
    [InlineData(29, ProposeOutcome.RejectedBefore)]
    [InlineData(30, ProposeOutcome.Proposed)]
    public async Task HandleAsync_RejectedBefore_HoldsForItsTime(int days, ProposeOutcome expected)
    {
        var rejected = await World.GivenProposalAsync();
        await World.DecideAsync(rejected, approve: false);
        World.Clock.Advance(TimeSpan.FromDays(days));
        await GivenFreshInventoryAndSyncAsync(Samples.AnnsAccount);

        var outcome = await ScanAndProposeAsync();

        Assert.Equal(expected, outcome);
        Assert.Equal(ProposalStatus.Rejected, (await FindAsync(rejected.Id)).Status);
    }

    [Fact]
    public async Task HandleAsync_RejectedOnOtherEvidence_ProposesAnew()
    {
        await World.DecideAsync(await World.GivenProposalAsync(), approve: false);
        World.Clock.Advance(TimeSpan.FromHours(1));
        await World.UploadAsync(Replacement);

        Assert.Equal(ProposeOutcome.Proposed, await ScanAndProposeAsync());
    }

    [Theory]
    [InlineData(29, ProposeOutcome.RefusedBefore)]
    [InlineData(30, ProposeOutcome.Proposed)]
    public async Task HandleAsync_ClearRefusedBefore_HoldsForItsTime(int days, ProposeOutcome expected)
    {
        var refused = await GivenRefusedAsync();
        World.Clock.Advance(TimeSpan.FromDays(days));
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
        World.Directory.Refusal = null;

        Assert.Equal(expected, await ScanAndProposeAsync());
    }

    [Fact]
    public async Task HandleAsync_ClearRefusedOnOtherEvidence_ProposesAnew()
    {
        await GivenRefusedAsync();
        World.Clock.Advance(TimeSpan.FromHours(1));
        await World.UploadAsync(Replacement);

        Assert.Equal(ProposeOutcome.Proposed, await ScanAndProposeAsync());
    }

    [Fact]
    public async Task HandleAsync_OtherEvidenceSeenTooLittle_ClosesTheEarlierOneAndWaits()
    {
        var first = await World.GivenProposalAsync();
        await World.RegisterAsync(t => t with { Policy = new() { MinimumSightings = 2 } });
        World.Clock.Advance(TimeSpan.FromHours(1));
        await World.UploadAsync(Replacement);

        Assert.Equal(ProposeOutcome.SeenTooLittle, await ScanAndProposeAsync());

        Assert.Equal((first.Id, ProposalStatus.Superseded), ((await World.LatestAsync()).Id, (await World.LatestAsync()).Status));
        Assert.Equal(ProposeOutcome.Proposed, await ScanAndProposeAsync());
    }

    [Fact]
    public async Task HandleAsync_PendingOneRanOut_IsExpiredAndProposedAnew()
    {
        var first = await World.GivenProposalAsync();
        World.Clock.Advance(TimeSpan.FromDays(8));
        await GivenFreshInventoryAndSyncAsync(Samples.AnnsAccount);

        var outcome = await ScanAndProposeAsync();

        Assert.Equal(ProposeOutcome.Proposed, outcome);
        Assert.Equal(ProposalStatus.Expired, (await FindAsync(first.Id)).Status);
        Assert.Single(World.Audit.Types, nameof(ProposalExpired));
    }

    private async Task<Proposal> GivenRefusedAsync(RefusalCause cause = RefusalCause.Unknown)
    {
        var approved = await World.GivenApprovedAsync();
        World.Directory.Refusal = new(cause, "403");
        await World.ApplyAsync(approved);
        return await World.LatestAsync();
    }

    private async Task GivenFreshInventoryAndSyncAsync(params DirectoryAccount[] accounts)
    {
        await World.UploadAsync(accounts);
        World.Directory.TenantFacts = Samples.Facts with { Sync = Reading.Known(new OrganisationSync(true, World.Clock.GetUtcNow())) };
    }

    private async Task<Proposal> FindAsync(ProposalId id) =>
        (await World.Proposals.FindAsync(World.Tenant.Id, id, World.Cancellation))!.Item;
}
