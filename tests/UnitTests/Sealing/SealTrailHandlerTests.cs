using Reanchor.Contracts;
using Reanchor.Sealing;

namespace Reanchor.UnitTests.Sealing;

public sealed class SealTrailHandlerTests : IDisposable
{
    private readonly SealingWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_NothingHappened_SealsNothing()
    {
        Assert.Equal(0, await _world.SealAsync());
        Assert.Empty(await _world.SealsAsync());
    }

    [Fact]
    public async Task HandleAsync_NewEvents_AreSealedOnceAndChained()
    {
        await _world.TellAsync(times: 3);
        Assert.Equal(3, await _world.SealAsync());
        Assert.Equal(0, await _world.SealAsync());
        await _world.TellAsync(times: 2);
        Assert.Equal(2, await _world.SealAsync());

        var seals = await _world.SealsAsync();

        Assert.Equal([1, 2], seals.Select(s => s.Seal.Sequence));
        Assert.Equal(["", seals[0].Seal.Hash], seals.Select(s => s.Seal.Previous));
        Assert.Equal(_world.Trail.Entries.Select(e => e.Id), seals.SelectMany(s => s.Events.Reverse()).Select(e => e.Id));
        Assert.True((await _world.VerifyAsync()) is { Intact: true, Events: 5, NotYetSealed: 0, Seals: 2 });
    }

    [Theory]
    [InlineData("00:10:00")]
    [InlineData("23:00:00")]
    public async Task HandleAsync_EventToldLate_GetsIntoTheNextSeal(string late)
    {
        await _world.TellAsync(TimeSpan.FromDays(3));
        await _world.TellAsync();
        await _world.SealAsync();
        var told = await _world.TellAsync(TimeSpan.Parse(late, null));

        var before = await _world.VerifyAsync();
        var count = await _world.SealAsync();

        Assert.True(before is { Intact: true, NotYetSealed: 1 });
        Assert.Equal(1, count);
        Assert.Equal(told.Id, Assert.Single((await _world.SealsAsync())[1].Events).Id);
        Assert.True((await _world.VerifyAsync()) is { Intact: true, NotYetSealed: 0 });
    }

    [Fact]
    public async Task HandleAsync_EventToldDaysLate_WaitsForTheWeeklySweep()
    {
        await _world.TellAsync();
        await _world.SealAsync();
        await _world.TellAsync(TimeSpan.FromDays(5));
        Assert.Equal(0, await _world.SealAsync());
        _world.Clock.Advance(TimeSpan.FromDays(7));

        var swept = await _world.SealAsync();

        Assert.Equal(1, swept);
        Assert.True((await _world.VerifyAsync()) is { Intact: true, NotYetSealed: 0 });
    }

    [Fact]
    public async Task HandleAsync_AWeekWithoutEvents_LeavesASealThatSaysSo()
    {
        await _world.TellAsync();
        await _world.SealAsync();
        _world.Clock.Advance(TimeSpan.FromDays(7));

        await _world.SealAsync();
        await _world.SealAsync();

        Assert.Equal([1, 0], (await _world.SealsAsync()).Select(s => s.Seal.Count));
        Assert.True((await _world.VerifyAsync()).Intact);
    }

    [Fact]
    public async Task HandleAsync_ClockSetBack_NeverGoesBack()
    {
        await _world.TellAsync();
        await _world.SealAsync();
        var behind = await _world.TellAsync(TimeSpan.FromMinutes(30));
        var until = (await _world.SealsAsync())[0].Seal.Until;
        _world.Clock.AdjustTime(until.AddMinutes(-20));

        await _world.SealAsync();

        var seals = await _world.SealsAsync();
        Assert.Equal(until, seals[1].Seal.Until);
        Assert.Equal(behind.Id, seals[1].Events.Single().Id);
        Assert.True((await _world.VerifyAsync()).Intact);
    }

    [Fact]
    public async Task HandleAsync_LongBacklog_IsSealedInParts()
    {
        await _world.TellAsync(times: SealDocument.MaxEvents + 1);

        var count = await _world.SealAsync();

        Assert.Equal(SealDocument.MaxEvents + 1, count);
        Assert.Equal([SealDocument.MaxEvents, 1], (await _world.SealsAsync()).Select(s => s.Seal.Count));
        Assert.True((await _world.VerifyAsync()) is { Intact: true, NotYetSealed: 0 });
    }

    [Fact]
    public async Task HandleAsync_CrashBetweenSealAndRegister_IsMadeGoodByTheNextRun()
    {
        await _world.TellAsync();
        _world.Archive.AfterNextAdd = () => throw new IOException("the plug is pulled");
        await Assert.ThrowsAsync<IOException>(_world.SealAsync);
        var between = await _world.VerifyAsync();
        await _world.TellAsync();

        await _world.SealAsync();

        Assert.True(between is { Intact: true, NotYetSealed: 0 });
        Assert.Equal([2, 1], await _world.RegisteredAsync());
        Assert.True((await _world.VerifyAsync()) is { Intact: true, Seals: 2 });
    }

    [Fact]
    public async Task HandleAsync_TwoHostsAtOnce_DoNotForkTheChain()
    {
        await _world.TellAsync(times: 5);
        _world.Clock.Advance(TimeSpan.FromSeconds(1));

        // The other host is a whole run ahead at the moment when this one has written nothing yet.
        var ours = new SealTrailHandler(
            _world.Get<TrailReview>(), new OvertakenArchive(_world), _world.Register, Samples.AuditStamp, _world.Clock,
            Microsoft.Extensions.Logging.Abstractions.NullLogger<SealTrailHandler>.Instance);
        var count = await ours.HandleAsync(_world.Tenant, World.Cancellation);

        Assert.Equal(0, count);
        Assert.Equal(5, Assert.Single(await _world.SealsAsync()).Seal.Count);
        Assert.True((await _world.VerifyAsync()) is { Intact: true, NotYetSealed: 0 });
    }

    [Fact]
    public async Task HandleAsync_ForgedEvent_IsNeverSealed()
    {
        await _world.TellAsync();
        await _world.SealAsync();
        var model = _world.Trail.Entries[0];
        var forged = model with { Id = new('f', 32), Reason = "forged" };
        _world.Trail.Tamper(forged with { Hash = forged.ComputeHash() });

        Assert.Equal(0, await _world.SealAsync());
        _world.Clock.Advance(TimeSpan.FromDays(8));
        await _world.SealAsync();

        var fault = Assert.Single((await _world.VerifyAsync()).Faults);
        Assert.Equal((ReviewKind.EventInserted, forged.Id), (fault.Kind, fault.Subject));
    }

    [Fact]
    public async Task HandleAsync_WhatNamesNoTenant_IsSealedToo()
    {
        await _world.Trail.AppendAsync(
            new Reanchor.Auditing.ScanFailed(new(default, _world.Clock.GetUtcNow(), Samples.Olga)), World.Cancellation);
        _world.Clock.Advance(TimeSpan.FromSeconds(1));

        await _world.Get<SealTrailsHandler>().HandleAsync(World.Cancellation);

        Assert.True(await _world.Get<VerifyTrailHandler>().HandleAsync(default, World.Cancellation) is { Intact: true, Events: 1, NotYetSealed: 0 });
    }

    [Fact]
    public async Task HandleAsync_NewestSealGone_DoesNotTakeItsNumberAgain()
    {
        await _world.TellAsync();
        await _world.SealAsync();
        await _world.TellAsync();
        await _world.SealAsync();
        _world.Archive.Cut(_world.Tenant, 2);

        await _world.SealAsync();

        Assert.Equal([1, 3], (await _world.SealsAsync()).Select(s => s.Seal.Sequence));
        var found = await _world.VerifyAsync();
        Assert.Equal((ReviewKind.SealRemoved, "seal 2"), Assert.Single(found.Faults.Select(f => (f.Kind, f.Subject))));
        Assert.Equal(0, found.NotYetSealed);
    }

    [Fact]
    public async Task HandleAllAsync_OneTrailCannotBeSealed_TheOthersAre()
    {
        var other = Samples.NewTenantId();
        await _world.TellAsync();
        await _world.Trail.AppendAsync(
            new Reanchor.Auditing.ScanFailed(new(other, _world.Clock.GetUtcNow(), Samples.Olga)), World.Cancellation);
        _world.Archive.Tamper(_world.Tenant, 1, null);
        _world.Clock.Advance(TimeSpan.FromSeconds(1));

        var fault = await Assert.ThrowsAsync<AggregateException>(
            () => _world.Get<SealTrailsHandler>().HandleAsync(World.Cancellation));

        Assert.IsType<InvalidDataException>(Assert.Single(fault.InnerExceptions));
        Assert.True(await _world.Get<VerifyTrailHandler>().HandleAsync(other, World.Cancellation) is { Intact: true, Seals: 1 });
    }

    /// <summary>Lets another host seal first, as soon as this one is about to.</summary>
    private sealed class OvertakenArchive(SealingWorld world) : ISealArchive
    {
        public async Task<bool> TryAddAsync(SealDocument document, CancellationToken cancellationToken)
        {
            await world.Get<SealTrailHandler>().HandleAsync(world.Tenant, cancellationToken);
            return await world.Archive.TryAddAsync(document, cancellationToken);
        }

        public IAsyncEnumerable<StoredSeal> ReadAsync(Reanchor.Tenants.TenantId tenant, CancellationToken cancellationToken) =>
            world.Archive.ReadAsync(tenant, cancellationToken);
    }
}
