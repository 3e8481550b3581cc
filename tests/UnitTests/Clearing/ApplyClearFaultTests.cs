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

/// <summary>What a crash or an outage at each step of a clear leaves, and what the next delivery makes of it.</summary>
public sealed class ApplyClearFaultTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_CrashBeforeTheOldValuesWereRecorded_RedeliveryRecordsThemFirst()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Proposals.BeforeNextUpdate = () => _world.Audit.BeforeNextAppend = _ => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => _world.ApplyAsync(proposal));
        IReadOnlyList<string> onRecord = [];
        _world.Directory.BeforeWrite = _ => onRecord = _world.Audit.Types;
        _world.Clock.Advance(_world.Clearing.ClaimDuration);

        var outcome = await _world.ApplyAsync(proposal);

        Assert.Equal(ClearOutcome.Cleared, outcome);
        Assert.Contains(nameof(ClearStarted), onRecord);
        _world.AssertClearedOnceOnTheTrail();
    }

    [Fact]
    public async Task HandleAsync_ThrottledAtTheWrite_GivesTheClaimBackAndRedeliveryWrites()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.BeforeWrite = _ => FakeDirectory.Throttled();
        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => _world.ApplyAsync(proposal));
        _world.Directory.BeforeWrite = null;

        var outcome = await _world.ApplyAsync(proposal);

        Assert.Equal(ClearOutcome.Cleared, outcome);
        Assert.Single(_world.Directory.Writes);
        _world.AssertClearedOnceOnTheTrail();
    }

    [Fact]
    public async Task HandleAsync_ThrottledAtTheWrite_RedeliveryReadsTheUserTwiceBeforeItWrites()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.BeforeWrite = _ => FakeDirectory.Throttled();
        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => _world.ApplyAsync(proposal));
        var (reads, readsBeforeWrite) = (0, 0);
        _world.Directory.BeforeUser = _ => reads++;
        _world.Directory.BeforeWrite = _ => readsBeforeWrite = reads;

        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));

        Assert.Equal((2, 3), (readsBeforeWrite, reads));
    }

    [Theory]
    [InlineData("groups")]
    [InlineData("mailbox")]
    [InlineData("names")]
    public async Task HandleAsync_DirectoryFailsAtOneRead_KeepsTheApprovalForTheNextDelivery(string read)
    {
        var proposal = await _world.GivenApprovedAsync();
        var directory = _world.Directory;

        switch (read)
        {
            case "groups":
                directory.TenantFacts = Samples.Facts with { RoleAssignableGroupPrincipals = Reading.Failed<IReadOnlySet<Guid>>("Graph answered 502") };
                break;
            case "mailbox":
                directory.UserFacts[proposal.UserId] = Samples.UserFacts with { MailboxPurpose = Reading.Failed<string?>("Graph answered 502") };
                break;
            default:
                directory.NameHolders = Reading.Failed<IReadOnlyList<Guid>>("Graph answered 502");
                break;
        }

        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => _world.ApplyAsync(proposal));
        Assert.Equal(ProposalStatus.Approved, (await _world.LatestAsync()).Status);

        directory.TenantFacts = Samples.Facts;
        directory.UserFacts.Clear();
        directory.NameHolders = null;
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));
    }

    [Fact]
    public async Task HandleAsync_EndLostOnTheWayToTheTrail_SomebodyIsCalledAndRedeliveryTellsIt()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.Refusal = new(RefusalCause.Unknown, "no");
        _world.Directory.BeforeWrite = _ => _world.LoseTheEventOfTheNextMove();

        await Assert.ThrowsAsync<IOException>(() => _world.ApplyAsync(proposal));
        Assert.Equal(1, _world.Log.Count(3003));
        Assert.Equal(ClearOutcome.NotApproved, await _world.ApplyAsync(proposal));

        Assert.Single(_world.Audit.Types, nameof(ClearRefused));
        Assert.Equal(1, _world.Log.Count(3003));
    }

    [Fact]
    public async Task HandleAsync_WritesAreHeldBack_ReadsNothingForOneAndClaimsNothing()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Writer.Setup(w => w.ExpectWrite(It.IsAny<Tenant>())).Callback(FakeDirectory.Throttled);
        var reads = 0;
        _world.Directory.BeforeUser = _ => reads++;

        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => _world.ApplyAsync(proposal));

        Assert.Equal((0, ProposalStatus.Approved), (reads, (await _world.LatestAsync()).Status));
    }

    [Fact]
    public async Task HandleAsync_PausedWhileTheWriteWaited_GivesTheClaimBackAndWaits()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.BeforeWrite = _ =>
        {
            _world.Clearing.Paused = true;
            throw new DirectoryUnavailableException("paused") { NothingDone = true };
        };

        Assert.Equal(ClearOutcome.Paused, await _world.ApplyAsync(proposal));
        Assert.Null((await _world.LatestAsync()).Claim);
    }

    [Fact]
    public async Task HandleAsync_RequestLostBeforeItArrived_IsSentAgainOnlyAfterTheClaim()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.BeforeWrite = _ => FakeDirectory.Down();
        Assert.Equal(ClearOutcome.NotShownYet, await _world.ApplyAsync(proposal));
        _world.Directory.BeforeWrite = null;

        Assert.Equal(ClearOutcome.NotShownYet, await _world.ApplyAsync(proposal));
        Assert.Empty(_world.Directory.Writes);

        _world.Clock.Advance(_world.Queue.Sent[^1].Delay);
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));
        Assert.Single(_world.Directory.Writes);
        _world.AssertClearedOnceOnTheTrail();
    }

    [Fact]
    public async Task HandleAsync_AnswerLostAfterTheWrite_RedeliveryCompletesWithoutAnother()
    {
        var proposal = await GivenLostAnswerAsync();

        var outcome = await _world.ApplyAsync(proposal);

        Assert.Equal(ClearOutcome.Cleared, outcome);
        Assert.Single(_world.Directory.Writes);
        Assert.Single(_world.Queue.Of<VerifyClear>());
        _world.AssertClearedOnceOnTheTrail();
    }

    [Fact]
    public async Task HandleAsync_AnswerLostAndMatchedBeforeTheRedelivery_CompletesToBeVerified()
    {
        var proposal = await GivenLostAnswerAsync();
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { OnPremisesSyncEnabled = true, Anchor = Samples.ExpectedAnchor });

        var outcome = await _world.ApplyAsync(proposal);

        Assert.Equal((ClearOutcome.Cleared, ProposalStatus.Cleared), (outcome, (await _world.LatestAsync()).Status));
        Assert.Single(_world.Directory.Writes);
        _world.AssertClearedOnceOnTheTrail();
    }

    [Fact]
    public async Task HandleAsync_AnswerLostAndMatchedToAnotherAccount_CompletesSoThatVerificationSaysSo()
    {
        var proposal = await GivenLostAnswerAsync();
        var wrong = SourceAnchor.FromGuid(Guid.NewGuid());
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { OnPremisesSyncEnabled = true, Anchor = wrong });

        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));

        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await _world.Get<VerifyClearHandler>().HandleAsync(Assert.Single(_world.Queue.Of<VerifyClear>()), World.Cancellation);
        var doubted = await _world.LatestAsync();
        Assert.Equal(ProposalStatus.Inconclusive, doubted.Status);
        Assert.Contains("another account", doubted.Refusal, StringComparison.Ordinal);
        Assert.Single(_world.Directory.Writes);
        _world.AssertClearedOnceOnTheTrail();
    }

    [Fact]
    public async Task HandleAsync_AnswerLostAndTenantDisabledBeforeTheRedelivery_StillKnowsThatItCleared()
    {
        var proposal = await GivenLostAnswerAsync();
        await _world.RegisterAsync(t => t with { Enabled = false });

        var outcome = await _world.ApplyAsync(proposal);

        Assert.Equal((ClearOutcome.Cleared, ProposalStatus.Cleared), (outcome, (await _world.LatestAsync()).Status));
        Assert.Single(_world.Directory.Writes);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandleAsync_CrashAfterCleared_RedeliveryTellsTheTrailAndQueuesVerification(bool beforeTheTrail)
    {
        var proposal = await _world.GivenApprovedAsync();

        if (beforeTheTrail)
        {
            _world.Directory.AfterWrite = _ => _world.Proposals.BeforeNextUpdate =
                () => _world.Audit.BeforeNextAppend = _ => throw new InvalidOperationException("killed");
        }
        else
        {
            _world.Queue.BeforeNextSend = () => throw new InvalidOperationException("killed");
        }

        await Assert.ThrowsAsync<InvalidOperationException>(() => _world.ApplyAsync(proposal));
        Assert.Equal(ProposalStatus.Cleared, (await _world.LatestAsync()).Status);

        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));
        Assert.Equal([new VerifyClear(proposal.Tenant, proposal.Id)], _world.Queue.Of<VerifyClear>());
        Assert.Single(_world.Directory.Writes);
        _world.AssertClearedOnceOnTheTrail();
    }

    private async Task<Proposal> GivenLostAnswerAsync()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.AfterWrite = _ => FakeDirectory.Down();
        Assert.Equal(ClearOutcome.NotShownYet, await _world.ApplyAsync(proposal));
        Assert.Equal(TimeSpan.FromSeconds(5), Assert.Single(_world.Queue.Sent).Delay);
        _world.Queue.Take<ApplyClear>();
        _world.Directory.AfterWrite = null;
        return proposal;
    }
}
