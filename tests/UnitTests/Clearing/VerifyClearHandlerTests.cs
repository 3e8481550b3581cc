using Reanchor.Anchors;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
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

        await AssertInconclusiveAsync(proposal, "matched the user to another account");
    }

    [Theory]
    [InlineData(null)]
    [InlineData(false)]
    public async Task HandleAsync_ExpectedAnchorButNotSynced_IsInconclusiveNeverVerified(bool? synced)
    {
        var proposal = await GivenDueAsync();
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { OnPremisesSyncEnabled = synced, Anchor = Samples.ExpectedAnchor });

        await AssertInconclusiveAsync(proposal, "someone set it by hand");
    }

    [Fact]
    public async Task HandleAsync_AnotherUserGotTheExpectedAnchor_IsInconclusive()
    {
        var proposal = await GivenDueAsync();
        var duplicate = Samples.Ann with { Id = Guid.NewGuid(), OnPremisesSyncEnabled = true, Anchor = Samples.ExpectedAnchor };
        _world.Directory.Put(proposal.Tenant, duplicate);

        await AssertInconclusiveAsync(proposal, $"another user, {duplicate.Id}");
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

        await AssertInconclusiveAsync(proposal, "deleted after the clear");
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

    private async Task AssertInconclusiveAsync(Proposal proposal, string reason)
    {
        var outcome = await VerifyAsync(proposal);

        Assert.Equal(VerifyOutcome.Inconclusive, outcome);
        var doubted = await _world.LatestAsync();
        Assert.Equal(ProposalStatus.Inconclusive, doubted.Status);
        Assert.Contains(reason, doubted.Refusal, StringComparison.Ordinal);
        Assert.Equal(doubted.Refusal, Assert.Single(_world.Audit.Entries, e => e.Type == nameof(VerificationInconclusive)).Reason);
        Assert.DoesNotContain(nameof(MatchVerified), _world.Audit.Types);
        Assert.Empty(_world.Queue.Sent);
    }
}
