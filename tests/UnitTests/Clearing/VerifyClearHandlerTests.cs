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

public sealed class VerifyClearHandlerTests : IDisposable
{
    private static readonly SourceAnchor Wrong = SourceAnchor.FromGuid(Guid.NewGuid());

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_SyncedWithTheExpectedAnchor_IsVerified()
    {
        var proposal = await GivenDueAsync();
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { OnPremisesSyncEnabled = true, Anchor = Samples.ExpectedAnchor });

        var outcome = await VerifyAsync(proposal);

        Assert.Equal((VerifyOutcome.Verified, ProposalStatus.Verified), (outcome, (await _world.LatestAsync()).Status));
        Assert.Equal(
            Samples.ExpectedAnchor.Value,
            Assert.Single(_world.Audit.Entries, e => e.Type == nameof(MatchVerified)).Details.GetProperty("newAnchor").GetString());
        Assert.Empty(_world.Queue.Sent);
    }

    /// <summary>A verification that can only succeed proves nothing.</summary>
    [Theory]
    [InlineData("wrong")]
    [InlineData("old")]
    [InlineData("none")]
    [InlineData("other case")]
    public async Task HandleAsync_SyncedWithAnotherAnchor_IsInconclusiveNeverVerified(string anchor)
    {
        var proposal = await GivenDueAsync();
        _world.Directory.Put(proposal.Tenant, Samples.Ann with
        {
            OnPremisesSyncEnabled = true,
            Anchor = anchor switch
            {
                "wrong" => Wrong,
                "old" => Samples.OldAnchor,
                "none" => null,
                _ => new(Samples.ExpectedAnchor.Value.ToLowerInvariant()),
            },
        });

        await AssertInconclusiveAsync(proposal, MatchOutcome.OtherAnchor, "matched the user to another account");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public async Task HandleAsync_ExpectedAnchorButNotSynced_IsInconclusiveNeverVerified(bool? synced)
    {
        var proposal = await GivenDueAsync();
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { OnPremisesSyncEnabled = synced, Anchor = Samples.ExpectedAnchor });

        await AssertInconclusiveAsync(proposal, MatchOutcome.SetByHand, "someone set it by hand");
    }

    [Fact]
    public async Task HandleAsync_AnotherUserGotTheExpectedAnchor_IsInconclusive()
    {
        var proposal = await GivenDueAsync();
        var duplicate = Samples.Ann with { Id = Guid.NewGuid(), OnPremisesSyncEnabled = true, Anchor = Samples.ExpectedAnchor };
        _world.Directory.Put(proposal.Tenant, duplicate);

        await AssertInconclusiveAsync(proposal, MatchOutcome.OtherUser, $"another user, {duplicate.Id}");
    }

    [Theory]
    [InlineData("ANN@corp.example", true)]
    [InlineData("bob@corp.example", false)]
    public async Task HandleAsync_DuplicateInQuarantine_IsInconclusiveIfItIsThisUsers(string wanted, bool ours)
    {
        var proposal = await GivenDueAsync();
        _world.Directory.TenantFacts = Samples.Facts with
        {
            Duplicates = Reading.Known<IReadOnlyList<QuarantinedDuplicate>>([new(Guid.NewGuid(), "ann1234@corp.onmicrosoft.com", wanted)]),
        };

        if (ours)
        {
            await AssertInconclusiveAsync(proposal, MatchOutcome.DuplicateInQuarantine, "ann1234@corp.onmicrosoft.com");
        }
        else
        {
            Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(proposal));
        }
    }

    [Fact]
    public async Task HandleAsync_OldAnchorIsBack_IsInconclusive()
    {
        var proposal = await GivenDueAsync();
        _world.Clock.SetUtcNow(proposal.ClearedAt!.Value + _world.Clearing.ClaimDuration);
        _world.Directory.Put(proposal.Tenant, Samples.Ann);

        await AssertInconclusiveAsync(proposal, MatchOutcome.SetByHand, "old anchor again");
    }

    [Fact]
    public async Task HandleAsync_ReplicaHasNotHeardOfTheClear_LooksAgain()
    {
        var proposal = await GivenDueAsync();
        _world.Clock.SetUtcNow(proposal.ClearedAt!.Value + _world.Clearing.ClaimDuration - TimeSpan.FromTicks(1));
        _world.Directory.Put(proposal.Tenant, Samples.Ann);

        Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(proposal));

        Assert.Single(_world.Queue.Of<VerifyClear>());
        _world.Provisioner.Verify(
            p => p.ProvisionAsync(It.IsAny<Tenant>(), It.IsAny<string?>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Fact]
    public async Task VerifyAgain_OldAnchorJustAfterTheClear_SaysWhatIsThere()
    {
        var proposal = await GivenDueAsync();
        _world.Proposals.Tamper(proposal.Doubt(MatchOutcome.UserDeleted, "deleted", _world.Clock.GetUtcNow()));
        _world.Directory.Put(proposal.Tenant, Samples.Ann);

        var result = await VerifyAgainAsync(proposal);

        Assert.Equal(VerifyAgainOutcome.NotMatched, result.Outcome);
        Assert.Contains("old anchor again", result.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_DeletedUserHoldsTheExpectedAnchorAtTheDeadline_IsInconclusive()
    {
        var proposal = await GivenDueAsync();
        var ghost = Guid.NewGuid();
        _world.Directory.SoftDeletedHolders = Reading.Known<IReadOnlyList<Guid>>([ghost]);
        _world.Clock.SetUtcNow(proposal.ClearedAt!.Value.AddHours(25));

        await AssertInconclusiveAsync(proposal, MatchOutcome.OtherUserDeleted, $"deleted user {ghost}");
    }

    [Fact]
    public async Task VerifyAgain_MatchCameAfterTheDeadline_IsVerified()
    {
        var proposal = await GivenDueAsync();
        _world.Clock.SetUtcNow(proposal.ClearedAt!.Value.AddHours(25));
        Assert.Equal(VerifyAgainOutcome.NotInconclusive, (await VerifyAgainAsync(proposal)).Outcome);
        await AssertInconclusiveAsync(proposal, MatchOutcome.NoMatch, "No match within 24 hours");

        var early = await VerifyAgainAsync(proposal);
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { OnPremisesSyncEnabled = true, Anchor = Wrong });
        var wrong = await VerifyAgainAsync(proposal);
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { OnPremisesSyncEnabled = true, Anchor = Samples.ExpectedAnchor });
        var late = await VerifyAgainAsync(proposal);

        Assert.Equal((VerifyAgainOutcome.NotMatched, VerifyAgainOutcome.NotMatched), (early.Outcome, wrong.Outcome));
        Assert.Contains("another account", wrong.Explanation, StringComparison.Ordinal);
        Assert.Equal((VerifyAgainOutcome.Verified, ProposalStatus.Verified, MatchOutcome.Matched), (late.Outcome, late.Proposal!.Status, late.Proposal.Match));
        Assert.Null(late.Proposal.Refusal);
        Assert.Single(_world.Audit.Types, nameof(MatchVerified));
    }

    [Fact]
    public async Task HandleAsync_IndexAlreadyShowsTheUserItself_Waits()
    {
        var proposal = await GivenDueAsync();
        _world.Directory.LaggingHolders[Samples.ExpectedAnchor] = proposal.UserId;

        Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(proposal));
    }

    [Fact]
    public async Task HandleAsync_UserDeleted_IsInconclusive()
    {
        var proposal = await GivenDueAsync();
        _world.Directory.Remove(proposal.Tenant, proposal.UserId);

        await AssertInconclusiveAsync(proposal, MatchOutcome.UserDeleted, "deleted after the clear");
    }

    [Fact]
    public async Task HandleAsync_NoMatchYet_LooksAgainAfterGrowingDelays()
    {
        var proposal = await GivenDueAsync();
        var delays = new List<TimeSpan>();

        for (var look = 0; look < 8; look++)
        {
            Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(proposal));
            var sent = Assert.Single(_world.Queue.Sent);
            Assert.Equal((await _world.LatestAsync()).NextCheckAt, _world.Clock.GetUtcNow() + sent.Delay);
            _world.Queue.Take<VerifyClear>();
            delays.Add(sent.Delay);
            _world.Clock.Advance(sent.Delay);
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], delays.Select(d => (int)d.TotalMinutes));
        Assert.Equal(ProposalStatus.Cleared, (await _world.LatestAsync()).Status);
    }

    [Theory]
    [InlineData(24, VerifyOutcome.Waiting)]
    [InlineData(25, VerifyOutcome.Inconclusive)]
    public async Task HandleAsync_NoMatchByTheDeadline_IsInconclusive(int hours, VerifyOutcome expected)
    {
        var proposal = await GivenDueAsync();
        _world.Clock.SetUtcNow(proposal.ClearedAt!.Value.AddHours(hours));

        Assert.Equal(expected, await VerifyAsync(proposal));
    }

    [Fact]
    public async Task HandleAsync_MessageBeforeItsTime_IsNotDueAndSendsNoOther()
    {
        var proposal = await _world.GivenClearedAsync();
        _world.Directory.BeforeUser = _ => Assert.Fail("A message before its time reads nothing.");

        Assert.Equal(VerifyOutcome.NotDue, await VerifyAsync(proposal));
        Assert.Empty(_world.Queue.Sent);
    }

    [Fact]
    public async Task HandleAsync_DeliveredTwice_QueuesOneLook()
    {
        var proposal = await GivenDueAsync();

        Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(proposal));
        Assert.Equal(VerifyOutcome.NotDue, await VerifyAsync(proposal));

        Assert.Single(_world.Queue.Sent);
    }

    [Fact]
    public async Task HandleAsync_DeliveredTwiceAtOnce_QueuesOneLook()
    {
        var proposal = await GivenDueAsync();
        var second = Task.FromResult(VerifyOutcome.Verified);
        _world.Proposals.BeforeNextUpdate = () => second = VerifyAsync(proposal);

        var first = await VerifyAsync(proposal);

        Assert.Equal((VerifyOutcome.NotDue, VerifyOutcome.Waiting), (first, await second));
        Assert.Single(_world.Queue.Sent);
    }

    [Fact]
    public async Task HandleAsync_EndLostOnTheWayToTheTrail_SomebodyIsCalledAndRedeliveryTellsIt()
    {
        var proposal = await GivenDueAsync();
        _world.Directory.Remove(proposal.Tenant, proposal.UserId);
        _world.LoseTheEventOfTheNextMove();

        await Assert.ThrowsAsync<IOException>(() => VerifyAsync(proposal));
        Assert.Equal(1, _world.Log.Count(3003));
        Assert.Equal(VerifyOutcome.NotDue, await VerifyAsync(proposal));

        Assert.Single(_world.Audit.Types, nameof(VerificationInconclusive));
        Assert.Equal(1, _world.Log.Count(3003));
    }

    [Fact]
    public async Task HandleAsync_RestoreAskedMeanwhile_IsNotDue()
    {
        var proposal = await GivenDueAsync();
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { OnPremisesSyncEnabled = true, Anchor = Samples.ExpectedAnchor });
        _world.SomeoneElseMovesFirst(p => p.BeginRestore(new(Samples.Anton, Samples.Now, "wrong user")));

        Assert.Equal(VerifyOutcome.NotDue, await VerifyAsync(proposal));
        Assert.Equal(ProposalStatus.Restoring, (await _world.LatestAsync()).Status);
        Assert.DoesNotContain(nameof(MatchVerified), _world.Audit.Types);
    }

    [Fact]
    public async Task HandleAsync_DirectoryDown_ThrowsAndChangesNothing()
    {
        var proposal = await GivenDueAsync();
        _world.Directory.BeforeUser = _ => FakeDirectory.Down();

        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => VerifyAsync(proposal));

        JsonAssert.Same(proposal, await _world.LatestAsync());
    }

    private async Task<Proposal> GivenDueAsync()
    {
        var proposal = await _world.GivenClearedAsync();
        _world.Clock.SetUtcNow(proposal.NextCheckAt!.Value);
        return proposal;
    }

    private Task<VerifyOutcome> VerifyAsync(Proposal proposal) =>
        _world.Get<VerifyClearHandler>().HandleAsync(new(proposal.Tenant, proposal.Id), World.Cancellation);

    private Task<VerifyAgainResult> VerifyAgainAsync(Proposal proposal) =>
        _world.Get<VerifyAgainHandler>().HandleAsync(new(proposal.Tenant, proposal.Id), World.Cancellation);

    private async Task AssertInconclusiveAsync(Proposal proposal, MatchOutcome expected, string reason)
    {
        var outcome = await VerifyAsync(proposal);

        Assert.Equal(VerifyOutcome.Inconclusive, outcome);
        var doubted = await _world.LatestAsync();
        Assert.Equal((ProposalStatus.Inconclusive, expected), (doubted.Status, doubted.Match));
        Assert.Contains(reason, doubted.Refusal, StringComparison.Ordinal);
        Assert.Equal(doubted.Refusal, Assert.Single(_world.Audit.Entries, e => e.Type == nameof(VerificationInconclusive)).Reason);
        Assert.DoesNotContain(nameof(MatchVerified), _world.Audit.Types);
        Assert.Empty(_world.Queue.Sent);
    }
}
