using Moq;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Clearing;

/// <summary>The first clear of a user is to be restored while the second one is approved: never are both under way, whoever comes first.</summary>
public sealed class RestoreAndSecondClearTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Apply_FirstIsBeingRestored_IsSupersededBeforeItBegins()
    {
        var (first, second) = await GivenApprovedAsync();
        await RequestAsync(first);

        await AssertSupersededAsync(second, $"is being put back, by the proposal {first.Id}");
        Assert.DoesNotContain(nameof(ObjectIdentifierClearStarted), _world.Audit.Types);
    }

    [Fact]
    public async Task Apply_RestoreAskedForJustBeforeTheClaim_IsSupersededAndTheRestoreIsMade()
    {
        var (first, second) = await GivenApprovedAsync();
        _world.Proposals.BeforeNextUpdate = () => RequestAsync(first).GetAwaiter().GetResult();

        await AssertSupersededAsync(second, "is being put back");
        Assert.Equal(RestoreOutcome.Restored, await RestoreAsync(first));
    }

    /// <summary>An earlier delivery may have sent the clear, so nobody can say that nothing was done.</summary>
    [Fact]
    public async Task Apply_RestoreAskedForAfterALostAnswer_IsInconclusiveAndNotSentAgain()
    {
        var (first, second) = await GivenApprovedAsync();
        OnIdentifierClear(_ => throw new DirectoryUnavailableException("Graph answered 503: try later"));
        Assert.Equal(ClearOutcome.NotShownYet, await _world.ApplyAsync(second));
        _world.Clock.Advance(_world.Clearing.ClaimDuration);
        _world.Proposals.BeforeNextUpdate = () => RequestAsync(first).GetAwaiter().GetResult();

        Assert.Equal(ClearOutcome.Inconclusive, await _world.ApplyAsync(second));

        Assert.Contains("It was not sent again: The user's anchor is being put back", (await _world.LatestAsync()).Refusal, StringComparison.Ordinal);
        _world.Writer.Verify(w => w.ClearObjectIdentifierAsync(It.IsAny<Tenant>(), second.UserId, It.IsAny<CancellationToken>()), Times.Once);
    }

    [Fact]
    public async Task Apply_FirstRestoredAndAReplicaDoesNotShowIt_IsSuperseded()
    {
        var (first, second) = await GivenApprovedAsync();
        var empty = _world.Directory.User(first.Tenant, first.UserId);
        await RequestAsync(first);
        await RestoreAsync(first);
        _world.Directory.Put(first.Tenant, empty);

        await AssertSupersededAsync(second, "was put back after this was proposed");
    }

    [Fact]
    public async Task Apply_EarlierOneRestoredBeforeThisWasProposed_Clears()
    {
        var (first, second) = await GivenApprovedAsync();
        _world.Proposals.Tamper(first with { Status = ProposalStatus.Restored, StatusAt = second.ProposedAt.AddMinutes(-1) });

        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(second));
    }

    [Fact]
    public async Task RequestRestore_SecondIsBeingCleared_IsRefusedUntilItIsDone()
    {
        var (first, second) = await GivenApprovedAsync();
        RequestRestoreResult? during = null;
        OnIdentifierClear(async write =>
        {
            during = await RequestAsync(first);
            return await write();
        });

        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(second));

        Assert.Equal(RequestRestoreOutcome.NothingToRestore, during!.Outcome);
        Assert.Contains($"Another clear of this user is under way, {second.Id}", during.Explanation, StringComparison.Ordinal);
        Assert.Equal(RequestRestoreOutcome.Accepted, (await RequestAsync(first)).Outcome);
    }

    /// <summary>It has looked for restores before this one was stored, and writes.</summary>
    [Fact]
    public async Task Restore_SecondClaimedJustBeforeTheRequest_WaitsForTheEndOfTheClaim()
    {
        var (first, second) = await GivenApprovedAsync();
        var now = _world.Clock.GetUtcNow();
        var claimed = second.BeginClear(now, now + _world.Clearing.ClaimDuration);
        _world.Proposals.BeforeNextUpdate = () => _world.Proposals.Tamper(claimed);
        Assert.Equal(RequestRestoreOutcome.Accepted, (await RequestAsync(first)).Outcome);
        _world.Queue.Take<RestoreAnchor>();

        Assert.Equal(RestoreOutcome.NotShownYet, await RestoreAsync(first));
        Assert.Single(_world.Directory.Writes);
        Assert.Equal(_world.Clearing.ClaimDuration, Assert.Single(_world.Queue.Sent, s => s.Command is RestoreAnchor).Delay);

        _world.Clock.Advance(_world.Clearing.ClaimDuration);
        Assert.Equal(RestoreOutcome.Restored, await RestoreAsync(first));
        Assert.Equal(ClearOutcome.Inconclusive, await _world.ApplyAsync(second));
        Assert.Empty(_world.Directory.IdentifierClears);
    }

    /// <summary>While everything is stopped a restore can be asked for all the same; the clear then finds it.</summary>
    [Fact]
    public async Task RequestRestore_SecondGaveItsClaimBack_IsAcceptedAndTheSecondSuperseded()
    {
        var (first, second) = await GivenApprovedAsync();
        _world.Proposals.BeforeNextUpdate = () => _world.Clearing.Paused = true;
        Assert.Equal(ClearOutcome.Paused, await _world.ApplyAsync(second));
        Assert.Equal(RequestRestoreOutcome.Accepted, (await RequestAsync(first)).Outcome);
        _world.Clearing.Paused = false;

        await AssertSupersededAsync(second, "is being put back");
    }

    private async Task<(Proposal First, Proposal Second)> GivenApprovedAsync()
    {
        var first = await _world.GivenClearedAsync();
        var user = _world.Directory.User(first.Tenant, first.UserId);
        _world.Directory.Put(first.Tenant, user with { OnPremises = user.OnPremises with { ObjectIdentifier = $"{Guid.NewGuid()}" } });
        _world.Clock.Advance(TimeSpan.FromMinutes(5));
        var proposed = await _world.Get<ProposeIdentifierClearHandler>().HandleAsync(
            new(first.Tenant, first.Id, "no match came", Samples.Olga), World.Cancellation);
        var second = await _world.ApproveByTwoAsync(proposed.Proposal!);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        return (first, second);
    }

    private void OnIdentifierClear(Func<Func<Task<AnchorRefusal?>>, Task<AnchorRefusal?>> answer) => _world.Writer
        .Setup(w => w.ClearObjectIdentifierAsync(It.IsAny<Tenant>(), It.IsAny<Guid>(), It.IsAny<CancellationToken>()))
        .Returns<Tenant, Guid, CancellationToken>((tenant, user, token) => answer(() => _world.Directory.ClearObjectIdentifierAsync(tenant, user, token)));

    private Task<RequestRestoreResult> RequestAsync(Proposal first) => _world.Get<RequestRestoreHandler>().HandleAsync(
        new(first.Tenant, first.Id, "wrong user", Samples.Anton), World.Cancellation);

    private Task<RestoreOutcome> RestoreAsync(Proposal first) =>
        _world.Get<RestoreAnchorHandler>().HandleAsync(new(first.Tenant, first.Id), World.Cancellation);

    private async Task AssertSupersededAsync(Proposal second, string reason)
    {
        Assert.Equal(ClearOutcome.Superseded, await _world.ApplyAsync(second));
        Assert.Contains(reason, (await _world.LatestAsync()).Refusal, StringComparison.Ordinal);
        Assert.Empty(_world.Directory.IdentifierClears);
    }
}
