using Moq;
using Reanchor.Anchors;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Clearing;

/// <summary>One effective write, however many deliveries there are, and however long the directory takes to show it.</summary>
public sealed class ApplyClearClaimTests : IDisposable
{
    private readonly World _world = new();

    private TimeSpan ClaimDuration => _world.Clearing.ClaimDuration;

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_SecondDeliveryDuringTheWrite_StepsBackUntilTheClaimEnds()
    {
        var proposal = await _world.GivenApprovedAsync();
        var second = Task.FromResult(ClearOutcome.NotApproved);
        _world.Directory.BeforeWrite = _ =>
        {
            _world.Directory.BeforeWrite = null;
            second = _world.ApplyAsync(proposal);
        };

        var first = await _world.ApplyAsync(proposal);

        Assert.Equal((ClearOutcome.Cleared, ClearOutcome.NotShownYet), (first, await second));
        Assert.Equal(ClaimDuration, Assert.Single(_world.Queue.Sent, s => s.Command is ApplyClear).Delay);
        Assert.Single(_world.Directory.Writes);
        _world.AssertClearedOnceOnTheTrail();
    }

    [Fact]
    public async Task HandleAsync_TwoDeliveriesAfterACrash_OneTakesTheClaimOver()
    {
        var proposal = await GivenDiedBeforeTheWriteAsync();
        _world.Clock.Advance(ClaimDuration);
        var second = Task.FromResult(ClearOutcome.NotApproved);
        _world.Proposals.BeforeNextUpdate = () => second = _world.ApplyAsync(proposal);

        var first = await _world.ApplyAsync(proposal);

        Assert.Equal((ClearOutcome.ClaimedElsewhere, ClearOutcome.Cleared), (first, await second));
        Assert.Single(_world.Directory.Writes);
        Assert.Contains(_world.Queue.Sent, s => s.Command is ApplyClear);
        _world.AssertClearedOnceOnTheTrail();
    }

    [Fact]
    public async Task HandleAsync_DiedBeforeTheWrite_WaitsForTheEndOfTheClaim()
    {
        var proposal = await GivenDiedBeforeTheWriteAsync();
        _world.Clock.Advance(ClaimDuration - TimeSpan.FromTicks(1));

        Assert.Equal(ClearOutcome.NotShownYet, await _world.ApplyAsync(proposal));
        _world.AssertNothingWritten();

        _world.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));
        _world.AssertClearedOnceOnTheTrail();
    }

    [Fact]
    public async Task HandleAsync_ChangedAfterADeathThatMayHaveSent_IsInconclusiveNotSuperseded()
    {
        var proposal = await GivenDiedBeforeTheWriteAsync();
        _world.Clock.Advance(ClaimDuration);
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { IsManagementRestricted = true });

        Assert.Equal(ClearOutcome.Inconclusive, await _world.ApplyAsync(proposal));
        Assert.Contains("it may have been sent", (await _world.LatestAsync()).Refusal, StringComparison.Ordinal);
        _world.AssertNothingWritten();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandleAsync_AnswerLostAndUserDeleted_IsInconclusiveWithWhatCameInstead(bool throttledAfterwards)
    {
        var proposal = await GivenLostRequestAsync();

        if (throttledAfterwards)
        {
            _world.Directory.BeforeWrite = _ => FakeDirectory.Throttled();
            await Assert.ThrowsAsync<DirectoryUnavailableException>(() => _world.ApplyAsync(proposal));
        }

        _world.Directory.Remove(proposal.Tenant, proposal.UserId);

        Assert.Equal(ClearOutcome.Inconclusive, await _world.ApplyAsync(proposal));
        var doubted = await _world.LatestAsync();
        Assert.Contains("the answer is lost (Graph answered 503: try later)", doubted.Refusal, StringComparison.Ordinal);
        Assert.Contains("The user was deleted", doubted.Refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(ProposalSuperseded), _world.Audit.Types);
    }

    [Fact]
    public async Task HandleAsync_NeverAnswered_IsInconclusiveAfterFiveWritesAndCountsAsAFailure()
    {
        var proposal = await GivenLostRequestAsync();

        for (var attempt = 2; attempt <= WriteClaim.MaxUnanswered; attempt++)
        {
            Assert.Equal(ClearOutcome.NotShownYet, await _world.ApplyAsync(proposal));
            _world.Clock.Advance(ClaimDuration);
        }

        Assert.Equal(ClearOutcome.Inconclusive, await _world.ApplyAsync(proposal));
        Assert.Contains("after 5 attempts", (await _world.LatestAsync()).Refusal, StringComparison.Ordinal);
        Assert.Equal([false], (await _world.Breakers.FindAsync(proposal.Tenant, World.Cancellation)).Item.Outcomes);
        _world.Writer.Verify(
            w => w.WriteAsync(It.IsAny<Tenant>(), proposal.UserId, null, It.IsAny<CancellationToken>()), Times.Exactly(WriteClaim.MaxUnanswered));
    }

    [Fact]
    public async Task HandleAsync_AnswerLostAndThenRefused_IsInconclusiveNotRefused()
    {
        var proposal = await GivenLostRequestAsync();
        _world.Directory.BeforeWrite = null;
        _world.Directory.Refusal = new(RefusalCause.Permission, "Insufficient privileges.");

        Assert.Equal(ClearOutcome.Inconclusive, await _world.ApplyAsync(proposal));
        Assert.Contains("Insufficient privileges.", (await _world.LatestAsync()).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_LostWriteShowsWhileTheRestIsRead_IsCleared()
    {
        var proposal = await GivenLostRequestAsync();
        _world.Directory.BeforeTenantFacts = () => _world.Directory.Put(proposal.Tenant, Samples.Ann with { Anchor = null });

        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));

        _world.Writer.Verify(
            w => w.WriteAsync(It.IsAny<Tenant>(), proposal.UserId, null, It.IsAny<CancellationToken>()), Times.Once);
        _world.AssertClearedOnceOnTheTrail();
    }

    [Fact]
    public async Task HandleAsync_ThrottledAndUserDeleted_IsSuperseded()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.BeforeWrite = _ => FakeDirectory.Throttled();
        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => _world.ApplyAsync(proposal));
        _world.Directory.Remove(proposal.Tenant, proposal.UserId);

        Assert.Equal(ClearOutcome.Superseded, await _world.ApplyAsync(proposal));
    }

    [Fact]
    public async Task HandleAsync_ThrottledAndClearedBySomebodyElse_IsSupersededAndNotCalledOurs()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.BeforeWrite = _ => FakeDirectory.Throttled();
        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => _world.ApplyAsync(proposal));
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { Anchor = null });

        Assert.Equal(ClearOutcome.Superseded, await _world.ApplyAsync(proposal));

        Assert.Contains("not the one that was approved", (await _world.LatestAsync()).Refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(AnchorCleared), _world.Audit.Types);
        Assert.Empty(_world.Queue.Of<VerifyClear>());
    }

    [Fact]
    public async Task HandleAsync_ProcessStoodStillAfterItsClaim_DoesNotWrite()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Proposals.BeforeNextUpdate = () => _world.Audit.BeforeNextAppend = _ => _world.Clock.Advance(ClaimDuration / 2);

        Assert.Equal(ClearOutcome.NotShownYet, await _world.ApplyAsync(proposal));
        Assert.Null((await _world.LatestAsync()).Claim);
        _world.AssertNothingWritten();
    }

    [Fact]
    public async Task HandleAsync_DirectoryDoesNotAnswer_GivesUpWithinTheClaim()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Writer
            .Setup(w => w.WriteAsync(It.IsAny<Tenant>(), proposal.UserId, null, It.IsAny<CancellationToken>()))
            .Returns<Tenant, Guid, SourceAnchor?, CancellationToken>((_, _, _, token) =>
            {
                _world.Clock.Advance(ClaimDuration / 2);
                token.ThrowIfCancellationRequested();
                return Task.FromResult<AnchorRefusal?>(null);
            });

        Assert.Equal(ClearOutcome.NotShownYet, await _world.ApplyAsync(proposal));
        Assert.Equal(ProposalStatus.Clearing, (await _world.LatestAsync()).Status);
    }

    [Fact]
    public async Task HandleAsync_ReplicaLags_LooksAgainWithinSecondsAndWritesOnce()
    {
        var proposal = await GivenLagAsync();
        var delays = new List<double>();

        for (var look = 0; look < 3; look++)
        {
            var delay = Assert.Single(_world.Queue.Sent).Delay;
            delays.Add(delay.TotalSeconds);
            _world.Queue.Take<ApplyClear>();
            _world.Clock.Advance(delay);
            Assert.Equal(ClearOutcome.NotShownYet, await _world.ApplyAsync(proposal));
        }

        _world.Directory.Put(proposal.Tenant, Samples.Ann with { Anchor = null });
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));
        Assert.Equal([5, 5, 10], delays);
        Assert.Single(_world.Directory.Writes);
        _world.AssertClearedOnceOnTheTrail();
    }

    [Fact]
    public async Task HandleAsync_ReadBackFails_LooksAgain()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.AfterWrite = _ => _world.Directory.BeforeUser = _ => FakeDirectory.Down();

        Assert.Equal(ClearOutcome.NotShownYet, await _world.ApplyAsync(proposal));

        _world.Directory.BeforeUser = null;
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));
        Assert.Single(_world.Directory.Writes);
    }

    [Fact]
    public async Task HandleAsync_ShownAfterTheApprovalExpired_IsClearedNotSuperseded()
    {
        var proposal = await GivenLagAsync();
        _world.Clock.SetUtcNow(proposal.ExpiresAt.AddHours(1));
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { Anchor = null });

        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));
        _world.AssertClearedOnceOnTheTrail();
    }

    [Fact]
    public async Task HandleAsync_NeverShownAndTheApprovalExpired_IsInconclusiveNotSuperseded()
    {
        var proposal = await GivenLagAsync();
        _world.Clock.SetUtcNow(proposal.ExpiresAt.AddHours(1));

        Assert.Equal(ClearOutcome.Inconclusive, await _world.ApplyAsync(proposal));

        var doubted = await _world.LatestAsync();
        Assert.Equal((ProposalStatus.Inconclusive, Samples.Now.Date), (doubted.Status, doubted.ClearedAt!.Value.Date));
        Assert.Contains("accepted the clear", doubted.Refusal, StringComparison.Ordinal);
        Assert.Contains("expired", doubted.Refusal, StringComparison.Ordinal);
        Assert.Single(_world.Directory.Writes);
    }

    [Fact]
    public async Task HandleAsync_NeverShownInTwoClaims_IsInconclusiveAfterTwoWrites()
    {
        var proposal = await GivenLagAsync();
        _world.Clock.Advance(ClaimDuration);
        Assert.Equal(ClearOutcome.NotShownYet, await _world.ApplyAsync(proposal));
        Assert.Equal(2, _world.Directory.Writes.Count);
        _world.Clock.Advance(ClaimDuration);

        Assert.Equal(ClearOutcome.Inconclusive, await _world.ApplyAsync(proposal));
        Assert.Equal(2, _world.Directory.Writes.Count);
        Assert.DoesNotContain(nameof(AnchorCleared), _world.Audit.Types);
    }

    [Fact]
    public async Task HandleAsync_PausedWhileReplicasLag_IsStillSettledByReading()
    {
        var proposal = await GivenLagAsync();
        _world.Clearing.Paused = true;
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { Anchor = null });

        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));
    }

    /// <summary>The directory accepts the clear, and every read shows the old anchor.</summary>
    private async Task<Proposal> GivenLagAsync()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.AfterWrite = _ => _world.Directory.Put(proposal.Tenant, Samples.Ann);
        Assert.Equal(ClearOutcome.NotShownYet, await _world.ApplyAsync(proposal));
        return proposal;
    }

    /// <summary>No answer came, and the claim is over.</summary>
    private async Task<Proposal> GivenLostRequestAsync()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.BeforeWrite = _ => FakeDirectory.Down();
        Assert.Equal(ClearOutcome.NotShownYet, await _world.ApplyAsync(proposal));
        _world.Clock.Advance(ClaimDuration);
        return proposal;
    }

    private async Task<Proposal> GivenDiedBeforeTheWriteAsync()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Proposals.BeforeNextUpdate = () => _world.Audit.BeforeNextAppend = _ => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => _world.ApplyAsync(proposal));
        return proposal;
    }
}
