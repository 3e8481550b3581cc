using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Exceptions;
using Reanchor.Maintenance;
using Reanchor.Proposals;
using Reanchor.Scanning;

namespace Reanchor.UnitTests.Exceptions;

public sealed class ExceptionHandlerTests : IDisposable
{
    private static readonly DateTimeOffset End = Samples.Now.AddDays(10);

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Set_User_IsProtectedWithOwnerReasonAndEnd()
    {
        await _world.GivenAnnAsync();
        await SetAsync();

        await _world.ScanAsync();

        var finding = await FindingAsync();
        Assert.Equal(Classification.Protected, finding.Classification);
        Assert.Equal(
            "An exception holds until 2026-12-02 09:00 UTC. Owner: Service desk. Reason: Moves in spring.", finding.Assessment.Reason);
        Assert.Empty(_world.Queue.Of<ProposeClear>());
        var told = Assert.Single(_world.Audit.Entries, e => e.Type == nameof(ExceptionSet));
        Assert.Equal(("Moves in spring.", Samples.Olga, Samples.Ann.Id), (told.Reason, told.Actor, told.UserId));
    }

    [Fact]
    public async Task Set_AnotherUserOrTenant_IsJudgedAsBefore()
    {
        await _world.GivenAnnAsync();
        await SetAsync(userId: Guid.NewGuid());
        await _world.Exceptions.TryAddAsync(Samples.NewException(Samples.NewTenantId()), World.Cancellation);

        await _world.ScanAsync();

        Assert.Equal(Classification.Candidate, (await FindingAsync()).Classification);
    }

    [Theory]
    [InlineData(-1, Classification.Protected)]
    [InlineData(0, Classification.Candidate)]
    public async Task Judge_AtTheEnd_CountsNoLongerAlthoughNobodyNotedIt(int seconds, Classification expected)
    {
        await _world.GivenAnnAsync();
        await SetAsync(expiresAt: _world.Clock.GetUtcNow().AddHours(1));
        _world.Clock.SetUtcNow(_world.Clock.GetUtcNow().AddHours(1).AddSeconds(seconds - 1));

        await _world.ScanAsync();

        Assert.Equal(expected, (await FindingAsync()).Classification);
    }

    [Fact]
    public async Task Set_AfterTheApproval_SupersedesItAndWritesNothing()
    {
        var approved = await _world.GivenApprovedAsync();
        await SetAsync();

        Assert.Equal(ClearOutcome.Superseded, await _world.ApplyAsync(approved));

        _world.AssertNothingWritten();
        Assert.StartsWith("An exception holds until", (await _world.LatestAsync()).Refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Propose_SetApartSinceTheScan_ProposesNothing(bool excepted)
    {
        await _world.GivenAnnAsync();
        await _world.ScanAsync();
        var command = Assert.Single(_world.Queue.Take<ProposeClear>());
        await (excepted
            ? SetAsync()
            : _world.RegisterAsync(t => t with { Policy = new() { ProtectedUserIds = [Samples.Ann.Id] } }));

        Assert.Equal(ProposeOutcome.SetApart, await _world.Get<ProposeClearHandler>().HandleAsync(command, World.Cancellation));
        Assert.Null(await _world.Proposals.FindLatestAsync(_world.Tenant.Id, Samples.Ann.Id, World.Cancellation));
    }

    [Fact]
    public async Task Remove_InForce_ReturnsTheUserAndTellsWhoAndWhy()
    {
        await _world.GivenAnnAsync();
        await SetAsync();

        Assert.Equal(RemoveExceptionOutcome.Removed, await RemoveAsync());
        Assert.Equal(RemoveExceptionOutcome.NotFound, await RemoveAsync());

        await _world.ScanAsync();
        Assert.Equal(Classification.Candidate, (await FindingAsync()).Classification);
        var told = Assert.Single(_world.Audit.Entries, e => e.Type == nameof(ExceptionRemoved));
        Assert.Equal(("Moved early.", Samples.Anton), (told.Reason, told.Actor));
    }

    [Fact]
    public async Task Remove_RanOut_FindsNothing()
    {
        await _world.GivenAnnAsync();
        await SetAsync();
        _world.Clock.SetUtcNow(End);

        Assert.Equal(RemoveExceptionOutcome.NotFound, await RemoveAsync());
        Assert.DoesNotContain(nameof(ExceptionRemoved), _world.Audit.Types);
    }

    [Fact]
    public async Task Set_Again_ReplacesIt()
    {
        await _world.GivenAnnAsync();
        await SetAsync();
        _world.Clock.Advance(TimeSpan.FromMinutes(1));

        var result = await SetAsync(End.AddDays(5));

        Assert.Equal((SetExceptionOutcome.Replaced, End.AddDays(5)), (result.Outcome, result.Exception!.ExpiresAt));
        Assert.Equal(2, _world.Audit.Types.Count(t => t == nameof(ExceptionSet)));
    }

    [Fact]
    public async Task Set_AgainAfterItRanOut_TellsOfTheEndFirst()
    {
        await _world.GivenAnnAsync();
        await SetAsync();
        _world.Clock.SetUtcNow(End.AddMinutes(1));

        var result = await SetAsync(End.AddDays(5));

        Assert.Equal(SetExceptionOutcome.Set, result.Outcome);
        Assert.Equal(
            [nameof(ExceptionSet), nameof(ExceptionRanOut), nameof(ExceptionSet)],
            _world.Audit.Types.Where(t => t.StartsWith("Exception", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Set_TenantUnknown_IsRefused() =>
        Assert.Equal(SetExceptionOutcome.TenantNotFound, (await SetAsync()).Outcome);

    [Fact]
    public async Task SetOrRemove_SomeoneElseWritesFirst_LosesTheRace()
    {
        await _world.GivenAnnAsync();
        await SetAsync();

        SomeoneElseWritesFirst();
        Assert.Equal(SetExceptionOutcome.LostRace, (await SetAsync()).Outcome);
        SomeoneElseWritesFirst();
        Assert.Equal(RemoveExceptionOutcome.LostRace, await RemoveAsync());

        Assert.DoesNotContain(nameof(ExceptionRemoved), _world.Audit.Types);
        Assert.Equal("theirs", (await _world.Exceptions.FindAsync(_world.Tenant.Id, Samples.Ann.Id, World.Cancellation))!.Item.Owner);
    }

    [Fact]
    public async Task Maintain_RanOut_IsToldOnceWithTheTimeOfTheEnd()
    {
        await _world.GivenAnnAsync();
        await SetAsync();
        _world.Clock.SetUtcNow(End.AddTicks(-1));
        await MaintainAsync();
        Assert.DoesNotContain(nameof(ExceptionRanOut), _world.Audit.Types);
        _world.Clock.SetUtcNow(End.AddMinutes(20));

        await MaintainAsync();
        await MaintainAsync();

        var told = Assert.Single(_world.Audit.Entries, e => e.Type == nameof(ExceptionRanOut));
        Assert.Equal((End, "Moves in spring."), (told.At, told.Reason));
    }

    [Fact]
    public async Task Maintain_CrashBeforeTheTrailWasTold_TellsIt()
    {
        await _world.GivenAnnAsync();
        _world.Audit.BeforeNextAppend = _ => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => SetAsync());
        Assert.DoesNotContain(nameof(ExceptionSet), _world.Audit.Types);

        await MaintainAsync();

        Assert.Single(_world.Audit.Types, nameof(ExceptionSet));
    }

    [Fact]
    public async Task Maintain_SetAgainAtThisMoment_LeavesItInForce()
    {
        await _world.GivenAnnAsync();
        await SetAsync();
        _world.Clock.SetUtcNow(End);
        SomeoneElseWritesFirst(e => e with { ExpiresAt = End.AddDays(1) });

        await MaintainAsync();

        var kept = (await _world.Exceptions.FindAsync(_world.Tenant.Id, Samples.Ann.Id, World.Cancellation))!.Item;
        Assert.True(kept.IsInForce(End));
        Assert.DoesNotContain(nameof(ExceptionRanOut), _world.Audit.Types);
    }

    private void SomeoneElseWritesFirst(Func<ExceptedUser, ExceptedUser>? change = null) => _world.Exceptions.BeforeNextUpdate = () =>
    {
        var found = _world.Exceptions.FindAsync(_world.Tenant.Id, Samples.Ann.Id, default).Result!;
        _world.Exceptions.TryUpdateAsync(found, change?.Invoke(found.Item) ?? found.Item with { Owner = "theirs" }, default);
    };

    private Task<SetExceptionResult> SetAsync(DateTimeOffset? expiresAt = null, Guid? userId = null) =>
        _world.Get<SetExceptionHandler>().HandleAsync(
            new(_world.Tenant.Id, userId ?? Samples.Ann.Id, "Service desk", "Moves in spring.", expiresAt ?? End, Samples.Olga),
            World.Cancellation);

    private Task<RemoveExceptionOutcome> RemoveAsync() => _world.Get<RemoveExceptionHandler>().HandleAsync(
        new(_world.Tenant.Id, Samples.Ann.Id, "Moved early.", Samples.Anton), World.Cancellation);

    private Task MaintainAsync() => _world.Get<MaintainHandler>().HandleAsync(World.Cancellation);

    private async Task<Finding> FindingAsync() =>
        (await _world.Findings.FindAsync(_world.Tenant.Id, Samples.Ann.Id, World.Cancellation))!;
}
