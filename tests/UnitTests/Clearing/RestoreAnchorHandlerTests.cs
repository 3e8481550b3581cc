using Reanchor.Anchors;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Clearing;

public sealed class RestoreAnchorHandlerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_Requested_WritesTheExactOldString()
    {
        var proposal = await GivenRequestedAsync();

        var outcome = await RestoreAsync(proposal);

        Assert.Equal((RestoreOutcome.Restored, ProposalStatus.Restored), (outcome, (await _world.LatestAsync()).Status));
        Assert.Equal("/xmWb4aLEdC0LQDAT8lk/w==", _world.Directory.User(proposal.Tenant, proposal.UserId).Anchor!.Value);
        Assert.Single(_world.Audit.Types, nameof(AnchorRestored));
    }

    [Fact]
    public async Task HandleAsync_Requested_IsOnRecordBeforeTheWrite()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.BeforeWrite = _ => Assert.Contains(nameof(RestoreRequested), _world.Audit.Types);

        await RestoreAsync(proposal);

        Assert.Equal(2, _world.Directory.Writes.Count);
    }

    [Fact]
    public async Task HandleAsync_DeliveredTwice_WritesOnce()
    {
        var proposal = await GivenRequestedAsync();

        await RestoreAsync(proposal);

        Assert.Equal(RestoreOutcome.NotRequested, await RestoreAsync(proposal));
        AssertWrites(1);
    }

    [Fact]
    public async Task HandleAsync_AnswerLostAfterTheWrite_RedeliverySeesItIsBack()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.AfterWrite = _ => FakeDirectory.Down();
        Assert.Equal(RestoreOutcome.NotShownYet, await RestoreAsync(proposal));
        Assert.Equal(TimeSpan.FromSeconds(5), Assert.Single(_world.Queue.Sent, s => s.Command is RestoreAnchor).Delay);

        Assert.Equal(RestoreOutcome.Restored, await RestoreAsync(proposal));
        AssertWrites(1);
    }

    [Theory]
    [InlineData(ProposalStatus.Approved)]
    [InlineData(ProposalStatus.Cleared)]
    [InlineData(ProposalStatus.Verified)]
    [InlineData(ProposalStatus.Inconclusive)]
    public async Task HandleAsync_NotRequested_WritesNothing(ProposalStatus status)
    {
        var proposal = await GivenRequestedAsync() with { Status = status };
        _world.Proposals.Tamper(proposal);

        Assert.Equal(RestoreOutcome.NotRequested, await RestoreAsync(proposal));
        AssertWrites(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandleAsync_EndLostOnTheWayToTheTrail_RedeliveryTellsItAndARefusalCallsSomebody(bool isRefused)
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.Refusal = isRefused ? new(RefusalCause.Unknown, "no") : null;
        _world.Directory.BeforeWrite = _ => _world.LoseTheEventOfTheNextMove();

        await Assert.ThrowsAsync<IOException>(() => RestoreAsync(proposal));
        Assert.Equal(isRefused ? 1 : 0, _world.Log.Count(3003));
        Assert.Equal(RestoreOutcome.NotRequested, await RestoreAsync(proposal));

        Assert.Single(_world.Audit.Types, isRefused ? nameof(RestoreRefused) : nameof(AnchorRestored));
    }

    [Fact]
    public async Task HandleAsync_Paused_WaitsWithTheRequest()
    {
        var proposal = await GivenRequestedAsync();
        _world.Clearing.Paused = true;

        Assert.Equal(RestoreOutcome.Paused, await RestoreAsync(proposal));
        Assert.Equal(ProposalStatus.Restoring, (await _world.LatestAsync()).Status);
        AssertWrites(0);
    }

    [Fact]
    public async Task HandleAsync_TenantDisabled_IsRefusedInWords()
    {
        var proposal = await GivenRequestedAsync();
        await _world.RegisterAsync(t => t with { Enabled = false });

        await AssertRefusedAsync(proposal, "tenant is disabled");
    }

    [Fact]
    public async Task HandleAsync_TenantRemoved_IsRefusedInWords()
    {
        var proposal = await GivenRequestedAsync();
        await _world.Get<RemoveTenantHandler>().HandleAsync(new(proposal.Tenant, Samples.Olga), World.Cancellation);

        await AssertRefusedAsync(proposal, "no longer registered");
    }

    [Fact]
    public async Task HandleAsync_TenantRemovedAfterALostAnswer_WaitsForIt()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.AfterWrite = _ => FakeDirectory.Down();
        await RestoreAsync(proposal);
        await _world.Get<RemoveTenantHandler>().HandleAsync(new(proposal.Tenant, Samples.Olga), World.Cancellation);

        Assert.Equal(RestoreOutcome.Paused, await RestoreAsync(proposal));
        Assert.Equal(ProposalStatus.Restoring, (await _world.LatestAsync()).Status);

        await _world.RegisterAsync();
        Assert.Equal(RestoreOutcome.Restored, await RestoreAsync(proposal));
    }

    [Fact]
    public async Task HandleAsync_NeverAnswered_IsRefusedAfterFiveWritesWithTheLastAnswer()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.BeforeWrite = _ => FakeDirectory.Down();

        for (var attempt = 1; attempt <= WriteClaim.MaxUnanswered; attempt++)
        {
            Assert.Equal(RestoreOutcome.NotShownYet, await RestoreAsync(proposal));
            _world.Clock.Advance(_world.Clearing.ClaimDuration);
        }

        Assert.Equal(RestoreOutcome.Refused, await RestoreAsync(proposal));
        var refused = (await _world.LatestAsync()).Refusal;
        Assert.Contains("Graph answered 503: try later", refused, StringComparison.Ordinal);
        Assert.Contains("tried 5 times", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_AnswerLostAndThenRefused_SaysThatItMayHaveBeenMade()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.BeforeWrite = _ => FakeDirectory.Down();
        await RestoreAsync(proposal);
        _world.Clock.Advance(_world.Clearing.ClaimDuration);
        _world.Directory.BeforeWrite = null;
        _world.Directory.Refusal = new(RefusalCause.Permission, "Insufficient privileges.");

        Assert.Equal(RestoreOutcome.Refused, await RestoreAsync(proposal));

        var refused = (await _world.LatestAsync()).Refusal;
        Assert.StartsWith("Whether the restore was made is not known", refused, StringComparison.Ordinal);
        Assert.EndsWith("Insufficient privileges.", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_SecondDeliveryDuringTheWrite_StepsBackUntilTheClaimEnds()
    {
        var proposal = await GivenRequestedAsync();
        var second = Task.FromResult(RestoreOutcome.Refused);
        _world.Directory.BeforeWrite = _ =>
        {
            _world.Directory.BeforeWrite = null;
            second = RestoreAsync(proposal);
        };

        var first = await RestoreAsync(proposal);

        Assert.Equal((RestoreOutcome.Restored, RestoreOutcome.NotShownYet), (first, await second));
        Assert.Equal(_world.Clearing.ClaimDuration, Assert.Single(_world.Queue.Sent, s => s.Command is RestoreAnchor).Delay);
        AssertWrites(1);
    }

    [Fact]
    public async Task HandleAsync_PausedBetweenClaimAndWrite_WritesOnlyWhenItIsLifted()
    {
        var proposal = await GivenRequestedAsync();
        _world.Proposals.BeforeNextUpdate = () => _world.Clearing.Paused = true;
        Assert.Equal(RestoreOutcome.Paused, await RestoreAsync(proposal));
        AssertWrites(0);

        _world.Clearing.Paused = false;
        Assert.Equal(RestoreOutcome.Restored, await RestoreAsync(proposal));
    }

    [Fact]
    public async Task HandleAsync_ReplicaHasNotHeardOfTheClear_WritesAllTheSame()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.Put(proposal.Tenant, Samples.Ann);

        Assert.Equal(RestoreOutcome.Restored, await RestoreAsync(proposal));
        AssertWrites(1);
    }

    [Fact]
    public async Task HandleAsync_AcceptedAndNeverShown_IsRefusedInWordsAfterTwoWrites()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.AfterWrite = _ => _world.Directory.Put(proposal.Tenant, Samples.Ann with { Anchor = null });

        for (var claim = 0; claim < 2; claim++)
        {
            Assert.Equal(RestoreOutcome.NotShownYet, await RestoreAsync(proposal));
            Assert.Equal(RestoreOutcome.NotShownYet, await RestoreAsync(proposal));
            _world.Clock.Advance(_world.Clearing.ClaimDuration);
        }

        Assert.Equal(RestoreOutcome.Refused, await RestoreAsync(proposal));
        Assert.Contains("no read has shown it", (await _world.LatestAsync()).Refusal, StringComparison.Ordinal);
        AssertWrites(2);
    }

    [Fact]
    public async Task HandleAsync_MatchTookTheUser_IsRefused()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { OnPremisesSyncEnabled = true, Anchor = Samples.ExpectedAnchor });

        await AssertRefusedAsync(proposal, "A match has taken the user");
    }

    [Fact]
    public async Task HandleAsync_MatchedWithTheOldAnchor_IsRefused()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { OnPremisesSyncEnabled = true });

        await AssertRefusedAsync(proposal, "A match has taken the user");
    }

    [Fact]
    public async Task HandleAsync_AnotherAnchorSetMeanwhile_IsNotOverwritten()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { Anchor = new("E1001") });

        await AssertRefusedAsync(proposal, "another anchor now, E1001");
    }

    [Fact]
    public async Task HandleAsync_AnotherUserHoldsTheAnchor_IsRefused()
    {
        var proposal = await GivenRequestedAsync();
        var holder = Samples.Ann with { Id = Guid.NewGuid() };
        _world.Directory.Put(proposal.Tenant, holder);

        await AssertRefusedAsync(proposal, $"The user {holder.Id} holds this anchor");
    }

    [Fact]
    public async Task HandleAsync_IndexStillShowsTheUserItself_Restores()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.LaggingHolders[Samples.OldAnchor] = proposal.UserId;

        Assert.Equal(RestoreOutcome.Restored, await RestoreAsync(proposal));
    }

    [Fact]
    public async Task HandleAsync_DeletedUserHoldsTheAnchor_IsRefused()
    {
        var proposal = await GivenRequestedAsync();
        var ghost = Guid.NewGuid();
        _world.Directory.SoftDeletedHolders = Reading.Known<IReadOnlyList<Guid>>([ghost]);

        await AssertRefusedAsync(proposal, $"The deleted user {ghost} holds this anchor");
    }

    [Fact]
    public async Task HandleAsync_DeletedUsersUnreadable_IsRefused()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.SoftDeletedHolders = Reading.Unknown<IReadOnlyList<Guid>>("403");

        await AssertRefusedAsync(proposal, "could not be read: 403");
    }

    [Fact]
    public async Task HandleAsync_RowAlteredBehindOurBack_IsRefused()
    {
        var proposal = await GivenRequestedAsync();
        _world.Proposals.Tamper(proposal with { Anchor = new("AAAAAAAAAAAAAAAAAAAAAA==") });

        await AssertRefusedAsync(proposal, "no longer fits its digest");
    }

    [Fact]
    public async Task HandleAsync_UserDeleted_IsRefused()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.Remove(proposal.Tenant, proposal.UserId);

        await AssertRefusedAsync(proposal, "The user was deleted");
    }

    [Fact]
    public async Task HandleAsync_MatchTookTheUser_IsVerifiedAfterTheRefusal()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { OnPremisesSyncEnabled = true, Anchor = Samples.ExpectedAnchor });
        await AssertRefusedAsync(proposal, "A match has taken the user");

        Assert.Equal(VerifyOutcome.Verified, await VerifyAsync(proposal));

        Assert.Equal((ProposalStatus.Verified, null), ((await _world.LatestAsync()).Status, (await _world.LatestAsync()).Refusal));
        Assert.Single(_world.Audit.Types, nameof(AnchorCleared));
        Assert.Single(_world.Audit.Types, nameof(RestoreRefused));
        Assert.Single(_world.Audit.Types, nameof(MatchVerified));
    }

    [Fact]
    public async Task HandleAsync_DirectorySaysNo_VerificationGoesOnAndTellsItsOwnEnd()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.Refusal = new(RefusalCause.Permission, "Insufficient privileges.");
        await RestoreAsync(proposal);

        Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(proposal));
        Assert.Equal("Insufficient privileges.", (await _world.LatestAsync()).Refusal);

        _world.Clock.SetUtcNow(proposal.ClearedAt!.Value.AddHours(25));
        Assert.Equal(VerifyOutcome.Inconclusive, await VerifyAsync(proposal));
        var ended = await _world.LatestAsync();
        Assert.Equal((MatchOutcome.NoMatch, null), (ended.Match, ended.RefusalCause));
        Assert.Single(_world.Audit.Types, nameof(RestoreRefused));
        Assert.Equal(ended.Refusal, Assert.Single(_world.Audit.Entries, e => e.Type == nameof(VerificationInconclusive)).Reason);
    }

    [Fact]
    public async Task HandleAsync_WrittenAndNeverAnsweredUntilRefused_VerificationFindsTheOldAnchor()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.BeforeWrite = _ => FakeDirectory.Down();
        await RestoreAsync(proposal);
        _world.Clock.Advance(_world.Clearing.ClaimDuration);
        await _world.RegisterAsync(t => t with { Enabled = false });
        await RestoreAsync(proposal);
        _world.Directory.Put(proposal.Tenant, Samples.Ann);

        Assert.Equal(VerifyOutcome.Inconclusive, await VerifyAsync(proposal));
        Assert.Contains("the restore was made although its answer was lost", (await _world.LatestAsync()).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_RefusedAfterTheMatchWasInDoubt_IsInconclusiveAgain()
    {
        var proposal = await GivenRequestedAsync() with { Match = MatchOutcome.NoMatch };
        _world.Proposals.Tamper(proposal);
        _world.Directory.Refusal = new(RefusalCause.Permission, "Insufficient privileges.");

        await RestoreAsync(proposal);

        Assert.Equal((ProposalStatus.Inconclusive, MatchOutcome.NoMatch), ((await _world.LatestAsync()).Status, (await _world.LatestAsync()).Match));
        Assert.Single(_world.Audit.Types, nameof(RestoreRefused));
        Assert.Empty(_world.Queue.Of<VerifyClear>());
    }

    [Fact]
    public async Task HandleAsync_DirectorySaysNo_KeepsItsAnswerAndMayBeAskedAgain()
    {
        var proposal = await GivenRequestedAsync();
        _world.Directory.Refusal = new(RefusalCause.Permission, "Insufficient privileges.");

        Assert.Equal(RestoreOutcome.Refused, await RestoreAsync(proposal));
        var refused = await _world.LatestAsync();
        Assert.Equal(("Insufficient privileges.", RefusalCause.Permission), (refused.Refusal, refused.RefusalCause));

        _world.Directory.Refusal = null;
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await RequestAsync(proposal);
        Assert.Equal(RestoreOutcome.Restored, await RestoreAsync(proposal));
    }

    private async Task<Proposal> GivenRequestedAsync()
    {
        var proposal = await _world.GivenClearedAsync();
        _world.Writer.Invocations.Clear();
        await RequestAsync(proposal);
        _world.Queue.Take<RestoreAnchor>();
        return await _world.LatestAsync();
    }

    private Task<RequestRestoreResult> RequestAsync(Proposal proposal) => _world.Get<RequestRestoreHandler>().HandleAsync(
        new(proposal.Tenant, proposal.Id, "wrong user", Samples.Anton), World.Cancellation);

    private Task<RestoreOutcome> RestoreAsync(Proposal proposal) =>
        _world.Get<RestoreAnchorHandler>().HandleAsync(new(proposal.Tenant, proposal.Id), World.Cancellation);

    private Task<VerifyOutcome> VerifyAsync(Proposal proposal) =>
        _world.Get<VerifyClearHandler>().HandleAsync(new(proposal.Tenant, proposal.Id), World.Cancellation);

    private async Task AssertRefusedAsync(Proposal proposal, string reason)
    {
        var outcome = await RestoreAsync(proposal);

        Assert.Equal(RestoreOutcome.Refused, outcome);
        var refused = await _world.LatestAsync();
        Assert.Equal((ProposalStatus.Cleared, refused.StatusAt), (refused.Status, refused.NextCheckAt));
        Assert.Equal(TimeSpan.Zero, Assert.Single(_world.Queue.Sent, s => s.Command is VerifyClear).Delay);
        Assert.Contains(reason, refused.Refusal, StringComparison.Ordinal);
        Assert.Equal(refused.Refusal, Assert.Single(_world.Audit.Entries, e => e.Type == nameof(RestoreRefused)).Reason);
        AssertWrites(0);
    }

    private void AssertWrites(int count)
    {
        if (count == 0)
        {
            _world.AssertNothingWritten();
        }

        Assert.Equal(
            Enumerable.Repeat<SourceAnchor?>(Samples.OldAnchor, count), _world.Directory.Writes.Skip(1).Select(w => w.Anchor));
    }
}
