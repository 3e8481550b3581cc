using Reanchor.Anchors;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Reanchor.Maintenance;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.UnitTests.Clearing;

/// <summary>What holds clears back: the kill switch, the hour's limit and the quarantine.</summary>
public sealed class BreakerTests : IDisposable
{
    private static readonly CloudUser Bob = Samples.Ann with
    {
        Id = Guid.Parse("bbbbbbbb-0000-4000-8000-000000000002"),
        UserPrincipalName = "bob@corp.example",
        Mail = "bob@corp.example",
        ProxyAddresses = ["SMTP:bob@corp.example"],
        Anchor = SourceAnchor.FromGuid(Guid.Parse("7f9619ff-8b86-d011-b42d-00c04fc964ff")),
        OnPremises = new() { SecurityIdentifier = "S-1-5-21-9-9-9-1105", SamAccountName = "bob" },
    };

    private static readonly DirectoryAccount BobsAccount = Samples.AnnsAccount with
    {
        ObjectGuid = Guid.Parse("1c2f4c57-7f6e-4a35-8c38-6f6f8a2b1d11"),
        Sid = "S-1-5-21-1-2-3-2002",
        UserPrincipalName = "bob@corp.example",
        Mail = "bob@corp.example",
        ProxyAddresses = ["SMTP:bob@corp.example"],
        SamAccountName = "bob",
    };

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Clears_OfOneInventory_ReadItOnceUnlessTheUserChanged()
    {
        var (ann, bob) = await GivenTwoApprovedAsync(maxClearsPerHour: 10);
        var before = _world.Archive.Opened;

        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(ann));
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(bob));
        Assert.Equal(1, _world.Archive.Opened - before);
    }

    [Fact]
    public async Task Clears_UserRenamedSinceTheJoin_ReadTheInventoryAgain()
    {
        var (ann, bob) = await GivenTwoApprovedAsync(maxClearsPerHour: 10);
        var before = _world.Archive.Opened;
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(ann));
        _world.Directory.Put(bob.Tenant, Bob with { UserPrincipalName = "robert@corp.example", ProxyAddresses = ["SMTP:robert@corp.example"] });

        Assert.Equal(ClearOutcome.Superseded, await _world.ApplyAsync(bob));
        Assert.Equal(2, _world.Archive.Opened - before);
    }

    [Fact]
    public async Task Clears_NewInventorySinceTheJoin_AreJudgedByIt()
    {
        var (ann, bob) = await GivenTwoApprovedAsync(maxClearsPerHour: 10);
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(ann));
        _world.Clock.Advance(TimeSpan.FromMinutes(5));
        await _world.UploadAsync(Samples.AnnsAccount, BobsAccount with { ConsistencyGuid = Guid.NewGuid() });

        Assert.Equal(ClearOutcome.Superseded, await _world.ApplyAsync(bob));
    }

    [Fact]
    public async Task Limit_TwoDeliveriesForTheLastClear_OneWaitsForTheHourToEnd()
    {
        var (ann, bob) = await GivenTwoApprovedAsync();
        var second = Task.FromResult(ClearOutcome.NotApproved);
        _world.Proposals.BeforeNextUpdate = () => second = _world.ApplyElsewhereAsync(bob);

        var first = await _world.ApplyAsync(ann);
        Assert.Equal((ClearOutcome.ClaimedElsewhere, ClearOutcome.Cleared), (first, await second));
        Assert.Equal(ClearOutcome.LimitReached, await _world.ApplyAsync(ann));

        Assert.Single(_world.Directory.Writes);
        var waiting = await _world.LatestAsync(ann.UserId);
        Assert.Equal((ProposalStatus.Approved, _world.Clock.GetUtcNow().AddHours(1)), (waiting.Status, waiting.Wait!.Until));
        Assert.Contains("1 clears of this hour", waiting.Wait.Because, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromHours(1), _world.Queue.Sent.Last(s => s.Command is ApplyClear).Delay);
    }

    [Fact]
    public async Task Limit_HitAgainAndAgain_IsToldOnceAnHour()
    {
        var (ann, bob) = await GivenTwoApprovedAsync();
        await _world.ApplyAsync(ann);

        Assert.Equal(ClearOutcome.LimitReached, await _world.ApplyAsync(bob));
        Assert.Equal(ClearOutcome.NotDue, await _world.ApplyAsync(bob));
        Assert.Single(_world.Queue.Sent, s => s.Command is ApplyClear);
        Assert.Single(_world.Audit.Types, nameof(ClearLimitReached));

        _world.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(bob));
        Assert.Null((await _world.LatestAsync(bob.UserId)).Wait);
    }

    [Fact]
    public async Task Limit_CrashAndRedelivery_CountOneClearOnce()
    {
        var (ann, _) = await GivenTwoApprovedAsync();
        _world.Proposals.BeforeNextUpdate = () => _world.Audit.BeforeNextAppend = _ => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => _world.ApplyAsync(ann));
        _world.Clock.Advance(_world.Clearing.ClaimDuration);

        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(ann));
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(ann));
        Assert.Equal(1, (await StateAsync()).ClearsInWindow);
    }

    [Fact]
    public async Task Pause_BetweenClaimAndWrite_IsHonoured()
    {
        var proposal = await _world.GivenApprovedAsync();
        Task paused = Task.CompletedTask;
        _world.Proposals.BeforeNextUpdate = () => _world.Audit.BeforeNextAppend = _ => paused = PauseAsync(true);

        Assert.Equal(ClearOutcome.Paused, await _world.ApplyAsync(proposal));
        await paused;
        _world.AssertNothingWritten();
        Assert.Null((await _world.LatestAsync()).Claim);

        Assert.Equal(BreakerOutcome.Done, await PauseAsync(false));
        Assert.Equal([new ApplyClear(proposal.Tenant, proposal.Id)], _world.Queue.Of<ApplyClear>());
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));
        Assert.Equal(1, (await StateAsync()).ClearsInWindow);
    }

    [Fact]
    public async Task Pause_NewApproval_StaysApprovedUntilResumed()
    {
        var proposal = await _world.GivenProposalAsync();
        await PauseAsync(true);
        await _world.DecideAsync(proposal, approve: true);

        Assert.Equal(ClearOutcome.Paused, await _world.ApplyAsync(proposal));
        Assert.Equal(ProposalStatus.Approved, (await _world.LatestAsync()).Status);

        await PauseAsync(false);
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));
    }

    [Fact]
    public async Task Pause_Restore_WaitsWithTheRequest()
    {
        var proposal = await _world.GivenClearedAsync();
        await _world.Get<RequestRestoreHandler>().HandleAsync(
            new(proposal.Tenant, proposal.Id, "wrong user", Samples.Anton), World.Cancellation);
        await PauseAsync(true);

        Assert.Equal(RestoreOutcome.Paused, await RestoreAsync(proposal));

        await PauseAsync(false);
        Assert.Equal(RestoreOutcome.Restored, await RestoreAsync(proposal));
    }

    [Fact]
    public async Task Pause_TwiceAndResumeTwice_TellsWhoAndWhyOnceEach()
    {
        await _world.GivenAnnAsync();

        Assert.Equal(
            [BreakerOutcome.Done, BreakerOutcome.NothingToDo, BreakerOutcome.Done, BreakerOutcome.NothingToDo],
            [await PauseAsync(true), await PauseAsync(true), await PauseAsync(false), await PauseAsync(false)]);

        Assert.Equal([nameof(TenantPaused), nameof(TenantResumed)], _world.Audit.Types.TakeLast(2));
        Assert.All(_world.Audit.Entries.TakeLast(2), e => Assert.Equal((Samples.Anton, "smoke"), (e.Actor, e.Reason)));
    }

    [Fact]
    public async Task Pause_EventLostInACrash_IsToldBeforeTheNextChange()
    {
        await _world.GivenAnnAsync();
        _world.Audit.BeforeNextAppend = _ => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => PauseAsync(true));
        _world.Clock.Advance(TimeSpan.FromMinutes(1));

        await PauseAsync(false);

        Assert.Equal([nameof(TenantPaused), nameof(TenantResumed)], _world.Audit.Types.TakeLast(2));
    }

    [Fact]
    public async Task Pause_UnknownTenant_IsNotFound() => Assert.Equal(BreakerOutcome.TenantNotFound, await PauseAsync(true));

    [Fact]
    public async Task Quarantine_RefusalPassesTheRatio_StopsClearsUntilLifted()
    {
        var (ann, bob) = await GivenTwoApprovedAsync(maxClearsPerHour: 10);
        await GivenOutcomesAsync(true, true, true, false);
        _world.Directory.Refusal = new(RefusalCause.Unknown, "no");

        Assert.Equal(ClearOutcome.Refused, await _world.ApplyAsync(ann));
        Assert.Equal(ClearOutcome.Quarantined, await _world.ApplyAsync(bob));

        Assert.Single(_world.Directory.Writes);
        var told = Assert.Single(_world.Audit.Entries, e => e.Type == nameof(TenantQuarantined));
        Assert.Equal((2, 5), (told.Details.GetProperty("failures").GetInt32(), told.Details.GetProperty("outcomes").GetInt32()));

        _world.Directory.Refusal = null;
        Assert.Equal(BreakerOutcome.Done, await LiftAsync());
        Assert.Equal(BreakerOutcome.NothingToDo, await LiftAsync());
        Assert.Equal([new ApplyClear(bob.Tenant, bob.Id)], _world.Queue.Of<ApplyClear>());
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(bob));
        Assert.Single(_world.Audit.Types, nameof(QuarantineLifted));
    }

    [Fact]
    public async Task Quarantine_FailedVerifications_CountLikeRefusals()
    {
        var proposal = await _world.GivenClearedAsync();
        await GivenOutcomesAsync(true, true, true, false);
        _world.Directory.Remove(proposal.Tenant, proposal.UserId);
        _world.Clock.SetUtcNow(proposal.NextCheckAt!.Value);

        await _world.Get<VerifyClearHandler>().HandleAsync(new(proposal.Tenant, proposal.Id), World.Cancellation);
        await _world.Get<VerifyClearHandler>().HandleAsync(new(proposal.Tenant, proposal.Id), World.Cancellation);

        Assert.True((await StateAsync()).IsQuarantined);
        Assert.Equal(5, (await StateAsync()).Outcomes.Count);
    }

    [Fact]
    public async Task Quarantine_OfTheTenant_DoesNotKeepARestoreBack()
    {
        var proposal = await _world.GivenClearedAsync();
        await _world.Get<RequestRestoreHandler>().HandleAsync(
            new(proposal.Tenant, proposal.Id, "wrong user", Samples.Anton), World.Cancellation);
        await GivenOutcomesAsync(false, false, false, false, false);

        Assert.True((await StateAsync()).IsQuarantined);
        Assert.Equal(RestoreOutcome.Restored, await RestoreAsync(proposal));
    }

    [Fact]
    public async Task Quarantine_TrailDoesNotAnswer_SomebodyIsCalledAndCalledAgainByMaintenance()
    {
        await _world.GivenAnnAsync();
        _world.Audit.BeforeNextAppend = _ => throw new IOException("the trail does not answer");

        await Assert.ThrowsAsync<IOException>(() => GivenOutcomesAsync(false, false, false, false, false));
        Assert.Equal(1, _world.Log.Count(4012));

        await _world.Get<MaintainHandler>().HandleAsync(World.Cancellation);
        Assert.Equal(2, _world.Log.Count(4012));
        Assert.Single(_world.Audit.Types, nameof(TenantQuarantined));

        await LiftAsync();
        await _world.Get<MaintainHandler>().HandleAsync(World.Cancellation);
        Assert.Equal(2, _world.Log.Count(4012));
    }

    [Fact]
    public async Task Quarantine_LastBadEndAndTrailDoesNotAnswer_SomebodyIsCalled()
    {
        var (ann, _) = await GivenTwoApprovedAsync(maxClearsPerHour: 10);
        await GivenOutcomesAsync(true, true, true, false);
        _world.Directory.Refusal = new(RefusalCause.Unknown, "no");
        _world.Directory.BeforeWrite = _ => _world.LoseTheEventOfTheNextMove();

        await Assert.ThrowsAsync<IOException>(() => _world.ApplyAsync(ann));

        Assert.Equal(1, _world.Log.Count(4012));
    }

    [Fact]
    public async Task Limit_TrailDoesNotAnswer_SomebodyIsCalled()
    {
        var (ann, bob) = await GivenTwoApprovedAsync();
        await _world.ApplyAsync(ann);
        _world.Breakers.BeforeNextUpdate = () => _world.Audit.BeforeNextAppend = _ => throw new IOException("the trail does not answer");

        await Assert.ThrowsAsync<IOException>(() => _world.ApplyAsync(bob));

        Assert.Equal(1, _world.Log.Count(4011));
    }

    [Fact]
    public async Task Quarantine_EventOfTheLiftLost_IsToldWhenSomebodyLiftsItAgain()
    {
        await GivenLiftNotToldAsync();

        Assert.Equal(BreakerOutcome.NothingToDo, await LiftAsync());

        Assert.Single(_world.Audit.Types, nameof(QuarantineLifted));
    }

    [Fact]
    public async Task Quarantine_EventOfTheLiftLost_IsToldBeforeTheNextQuarantineTakesItsPlace()
    {
        var (ann, _) = await GivenLiftNotToldAsync();
        var found = await _world.Breakers.FindAsync(_world.Tenant.Id, World.Cancellation);
        await _world.Breakers.TryUpdateAsync(found, found.Item with { Outcomes = [false, false, false, false] }, World.Cancellation);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        _world.Directory.Refusal = new(RefusalCause.Unknown, "no");

        Assert.Equal(ClearOutcome.Refused, await _world.ApplyAsync(ann));

        Assert.Equal(
            [nameof(TenantQuarantined), nameof(QuarantineLifted), nameof(TenantQuarantined)],
            _world.Audit.Types.Where(t => t is nameof(TenantQuarantined) or nameof(QuarantineLifted)));
    }

    private async Task<(Proposal Ann, Proposal Bob)> GivenLiftNotToldAsync()
    {
        var approved = await GivenTwoApprovedAsync(maxClearsPerHour: 10);
        await GivenOutcomesAsync(false, false, false, false, false);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        _world.Breakers.BeforeNextUpdate = () => _world.Audit.BeforeNextAppend = _ => throw new IOException("the trail does not answer");
        await Assert.ThrowsAsync<IOException>(LiftAsync);
        Assert.DoesNotContain(nameof(QuarantineLifted), _world.Audit.Types);
        return approved;
    }

    private async Task<(Proposal Ann, Proposal Bob)> GivenTwoApprovedAsync(int maxClearsPerHour = 1)
    {
        await _world.RegisterAsync(t => t with { Policy = new() { MaxClearsPerHour = maxClearsPerHour } });
        await _world.UploadAsync(Samples.AnnsAccount, BobsAccount);
        _world.Directory.Put(_world.Tenant.Id, Samples.Ann, Bob);
        await _world.ScanAsync();

        foreach (var command in _world.Queue.Take<ProposeClear>())
        {
            await _world.Get<ProposeClearHandler>().HandleAsync(command, World.Cancellation);
            await _world.DecideAsync(await _world.LatestAsync(command.UserId), approve: true);
        }

        _world.Queue.Take<ApplyClear>();
        return (await _world.LatestAsync(), await _world.LatestAsync(Bob.Id));
    }

    private async Task GivenOutcomesAsync(params bool[] outcomes)
    {
        foreach (var good in outcomes)
        {
            await _world.Get<BreakerLedger>().ChangeAsync(
                _world.Tenant.Id, s => s.CountOutcome(good, _world.Tenant.Policy, _world.Clock.GetUtcNow()), World.Cancellation);
        }
    }

    private async Task<TenantBreakers> StateAsync() => (await _world.Breakers.FindAsync(_world.Tenant.Id, World.Cancellation)).Item;

    private Task<BreakerOutcome> PauseAsync(bool paused) => _world.Get<PauseTenantHandler>().HandleAsync(
        new(_world.Tenant.Id, paused, "smoke", Samples.Anton), World.Cancellation);

    private Task<BreakerOutcome> LiftAsync() => _world.Get<LiftQuarantineHandler>().HandleAsync(
        new(_world.Tenant.Id, "looked into it", Samples.Olga), World.Cancellation);

    private Task<RestoreOutcome> RestoreAsync(Proposal proposal) =>
        _world.Get<RestoreAnchorHandler>().HandleAsync(new(proposal.Tenant, proposal.Id), World.Cancellation);
}
