using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Clearing;

/// <summary>The write of a restore: once, on record before, and settled when its answer is lost.</summary>
public sealed class RestoreAnchorHandlerTests : RestoreTests
{
    [Fact]
    public async Task HandleAsync_Requested_WritesTheExactOldString()
    {
        var proposal = await GivenRequestedAsync();

        var outcome = await RestoreAsync(proposal);

        Assert.Equal((RestoreOutcome.Restored, ProposalStatus.Restored), (outcome, (await World.LatestAsync()).Status));
        Assert.Equal("/xmWb4aLEdC0LQDAT8lk/w==", World.Directory.User(proposal.Tenant, proposal.UserId).Anchor!.Value);
        Assert.Single(World.Audit.Types, nameof(AnchorRestored));
    }

    [Fact]
    public async Task HandleAsync_Requested_IsOnRecordBeforeTheWrite()
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.BeforeWrite = _ => Assert.Contains(nameof(RestoreRequested), World.Audit.Types);

        await RestoreAsync(proposal);

        Assert.Equal(2, World.Directory.Writes.Count);
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
        World.Directory.AfterWrite = _ => FakeDirectory.Down();
        Assert.Equal(RestoreOutcome.NotShownYet, await RestoreAsync(proposal));
        Assert.Equal(TimeSpan.FromSeconds(5), Assert.Single(World.Queue.Sent, s => s.Command is RestoreAnchor).Delay);

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
        World.Proposals.Tamper(proposal);

        Assert.Equal(RestoreOutcome.NotRequested, await RestoreAsync(proposal));
        AssertWrites(0);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandleAsync_EndLostOnTheWayToTheTrail_RedeliveryTellsItAndARefusalCallsSomebody(bool isRefused)
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.Refusal = isRefused ? new(RefusalCause.Unknown, "no") : null;
        World.Directory.BeforeWrite = _ => World.LoseTheEventOfTheNextMove();

        await Assert.ThrowsAsync<IOException>(() => RestoreAsync(proposal));
        Assert.Equal(isRefused ? 1 : 0, World.Log.Count(3003));
        Assert.Equal(RestoreOutcome.NotRequested, await RestoreAsync(proposal));

        Assert.Single(World.Audit.Types, isRefused ? nameof(RestoreRefused) : nameof(AnchorRestored));
    }

    [Fact]
    public async Task HandleAsync_Paused_WaitsWithTheRequest()
    {
        var proposal = await GivenRequestedAsync();
        World.Clearing.Paused = true;

        Assert.Equal(RestoreOutcome.Paused, await RestoreAsync(proposal));
        Assert.Equal(ProposalStatus.Restoring, (await World.LatestAsync()).Status);
        AssertWrites(0);
    }

    [Fact]
    public async Task HandleAsync_TenantRemovedAfterALostAnswer_WaitsForIt()
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.AfterWrite = _ => FakeDirectory.Down();
        await RestoreAsync(proposal);
        await World.Get<RemoveTenantHandler>().HandleAsync(new(proposal.Tenant, Samples.Olga), World.Cancellation);

        Assert.Equal(RestoreOutcome.Paused, await RestoreAsync(proposal));
        Assert.Equal(ProposalStatus.Restoring, (await World.LatestAsync()).Status);

        await World.RegisterAsync();
        Assert.Equal(RestoreOutcome.Restored, await RestoreAsync(proposal));
    }

    [Fact]
    public async Task HandleAsync_NeverAnswered_IsRefusedAfterFiveWritesWithTheLastAnswer()
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.BeforeWrite = _ => FakeDirectory.Down();

        for (var attempt = 1; attempt <= WriteClaim.MaxUnanswered; attempt++)
        {
            Assert.Equal(RestoreOutcome.NotShownYet, await RestoreAsync(proposal));
            World.Clock.Advance(World.Clearing.ClaimDuration);
        }

        Assert.Equal(RestoreOutcome.Refused, await RestoreAsync(proposal));
        var refused = (await World.LatestAsync()).Refusal;
        Assert.Contains("Graph answered 503: try later", refused, StringComparison.Ordinal);
        Assert.Contains("tried 5 times", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_AnswerLostAndThenRefused_SaysThatItMayHaveBeenMade()
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.BeforeWrite = _ => FakeDirectory.Down();
        await RestoreAsync(proposal);
        World.Clock.Advance(World.Clearing.ClaimDuration);
        World.Directory.BeforeWrite = null;
        World.Directory.Refusal = new(RefusalCause.Permission, "Insufficient privileges.");

        Assert.Equal(RestoreOutcome.Refused, await RestoreAsync(proposal));

        var refused = (await World.LatestAsync()).Refusal;
        Assert.StartsWith("Whether the restore was made is not known", refused, StringComparison.Ordinal);
        Assert.EndsWith("Insufficient privileges.", refused, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_SecondDeliveryDuringTheWrite_StepsBackUntilTheClaimEnds()
    {
        var proposal = await GivenRequestedAsync();
        var second = Task.FromResult(RestoreOutcome.Refused);
        World.Directory.BeforeWrite = _ =>
        {
            World.Directory.BeforeWrite = null;
            second = RestoreAsync(proposal);
        };

        var first = await RestoreAsync(proposal);

        Assert.Equal((RestoreOutcome.Restored, RestoreOutcome.NotShownYet), (first, await second));
        Assert.Equal(World.Clearing.ClaimDuration, Assert.Single(World.Queue.Sent, s => s.Command is RestoreAnchor).Delay);
        AssertWrites(1);
    }

    [Fact]
    public async Task HandleAsync_PausedBetweenClaimAndWrite_WritesOnlyWhenItIsLifted()
    {
        var proposal = await GivenRequestedAsync();
        World.Proposals.BeforeNextUpdate = () => World.Clearing.Paused = true;
        Assert.Equal(RestoreOutcome.Paused, await RestoreAsync(proposal));
        AssertWrites(0);

        World.Clearing.Paused = false;
        Assert.Equal(RestoreOutcome.Restored, await RestoreAsync(proposal));
    }

    [Fact]
    public async Task HandleAsync_ReplicaHasNotHeardOfTheClear_WritesAllTheSame()
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.Put(proposal.Tenant, Samples.Ann);

        Assert.Equal(RestoreOutcome.Restored, await RestoreAsync(proposal));
        AssertWrites(1);
    }

    [Fact]
    public async Task HandleAsync_AcceptedAndNeverShown_IsRefusedInWordsAfterTwoWrites()
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.AfterWrite = _ => World.Directory.Put(proposal.Tenant, Samples.Ann with { Anchor = null });

        for (var claim = 0; claim < 2; claim++)
        {
            Assert.Equal(RestoreOutcome.NotShownYet, await RestoreAsync(proposal));
            Assert.Equal(RestoreOutcome.NotShownYet, await RestoreAsync(proposal));
            World.Clock.Advance(World.Clearing.ClaimDuration);
        }

        Assert.Equal(RestoreOutcome.Refused, await RestoreAsync(proposal));
        Assert.Contains("no read has shown it", (await World.LatestAsync()).Refusal, StringComparison.Ordinal);
        AssertWrites(2);
    }
}
