using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Maintenance;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Clearing;

/// <summary>The stop of all writes, whatever the tenant.</summary>
public sealed class StopEverythingTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Stop_NewApproval_StaysApprovedUntilLifted()
    {
        Assert.Equal(BreakerOutcome.Done, await SwitchAsync(true));
        var proposal = await _world.GivenApprovedAsync();

        Assert.Equal(ClearOutcome.Paused, await _world.ApplyAsync(proposal));
        _world.AssertNothingWritten();

        Assert.Equal(BreakerOutcome.Done, await SwitchAsync(false));
        Assert.Equal([new ApplyClear(proposal.Tenant, proposal.Id)], _world.Queue.Of<ApplyClear>());
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));
    }

    /// <summary>The race that counts: the claim is made, the write is not sent yet, and another process stops everything.</summary>
    [Fact]
    public async Task Stop_BetweenClaimAndWrite_IsHonoured()
    {
        var proposal = await _world.GivenApprovedAsync();
        var stopped = Task.FromResult(BreakerOutcome.NothingToDo);
        _world.Proposals.BeforeNextUpdate = () => _world.Audit.BeforeNextAppend = _ => stopped = SwitchElsewhereAsync();

        Assert.Equal(ClearOutcome.Paused, await _world.ApplyAsync(proposal));

        Assert.Equal(BreakerOutcome.Done, await stopped);
        _world.AssertNothingWritten();
        Assert.Null((await _world.LatestAsync()).Claim);
    }

    [Fact]
    public async Task Stop_RestoreOnItsWay_WaitsUntilLifted()
    {
        var cleared = await _world.GivenClearedAsync();
        await _world.Get<RequestRestoreHandler>().HandleAsync(new(cleared.Tenant, cleared.Id, "wrong user", Samples.Anton), World.Cancellation);
        var command = Assert.Single(_world.Queue.Take<RestoreAnchor>());
        await SwitchAsync(true);

        Assert.Equal(RestoreOutcome.Paused, await _world.Get<RestoreAnchorHandler>().HandleAsync(command, World.Cancellation));
        Assert.Single(_world.Directory.Writes);

        await SwitchAsync(false);
        Assert.Equal([command], _world.Queue.Of<RestoreAnchor>());
    }

    [Fact]
    public async Task Stop_TwiceAndLiftTwice_ChangesAndTellsOnceEach()
    {
        Assert.Equal(BreakerOutcome.NothingToDo, await SwitchAsync(false));
        Assert.Equal(BreakerOutcome.Done, await SwitchAsync(true));
        Assert.Equal(BreakerOutcome.NothingToDo, await SwitchAsync(true));
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(BreakerOutcome.Done, await SwitchAsync(false));

        Assert.Equal([nameof(EverythingStopped), nameof(StopLifted)], _world.Audit.Types);
        Assert.All(_world.Audit.Entries, told => Assert.Equal(
            (default(TenantId), Samples.Olga, "look first"), (told.Tenant, told.Actor, told.Reason)));
    }

    [Fact]
    public async Task Stop_CrashBeforeItIsTold_MaintenanceTellsIt()
    {
        _world.Audit.BeforeNextAppend = _ => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => SwitchAsync(true));
        Assert.Empty(_world.Audit.Types);

        await _world.Get<MaintainHandler>().HandleAsync(World.Cancellation);

        Assert.Equal([nameof(EverythingStopped)], _world.Audit.Types);
    }

    /// <summary>What maintenance sends again must not be written either.</summary>
    [Fact]
    public async Task Stop_Maintenance_SendsNoWrite()
    {
        var proposal = await _world.GivenApprovedAsync();
        await SwitchAsync(true);

        await _world.Get<MaintainHandler>().HandleAsync(World.Cancellation);

        Assert.Empty(_world.Queue.Of<ApplyClear>());
        Assert.Equal(ProposalStatus.Approved, (await _world.LatestAsync(proposal.UserId)).Status);
    }

    private Task<BreakerOutcome> SwitchAsync(bool stopped) =>
        _world.Get<StopEverythingHandler>().HandleAsync(new(stopped, "look first", Samples.Olga), World.Cancellation);

    private Task<BreakerOutcome> SwitchElsewhereAsync() =>
        _world.GetElsewhere<StopEverythingHandler>().HandleAsync(new(true, "look first", Samples.Olga), World.Cancellation);
}
