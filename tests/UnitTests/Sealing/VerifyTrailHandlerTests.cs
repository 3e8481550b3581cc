using Reanchor.Auditing;
using Reanchor.Sealing;

namespace Reanchor.UnitTests.Sealing;

/// <summary>Ten events in two seals, and one that is not sealed yet; a test changes one thing, and it is named.</summary>
public sealed class VerifyTrailHandlerTests : IAsyncLifetime
{
    private readonly SealingWorld _world = new();

    private IReadOnlyList<AuditEntry> Entries => _world.Trail.Entries;

    public async ValueTask InitializeAsync()
    {
        await _world.TellAsync(times: 5);
        await _world.SealAsync();
        await _world.TellAsync(times: 5);
        await _world.SealAsync();
        await _world.TellAsync();
    }

    public ValueTask DisposeAsync()
    {
        _world.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task HandleAsync_NothingTouched_IsIntact()
    {
        var found = await _world.VerifyAsync();

        Assert.True(found is { Intact: true, Events: 11, NotYetSealed: 1, Seals: 2, FaultCount: 0 });
        Assert.Equal((await _world.SealsAsync())[1].Seal.Until, found.SealedUntil);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9)]
    public async Task HandleAsync_EventChangedWithItsHash_IsNamed(int which)
    {
        var changed = Entries[which] with { Reason = "something else" };
        _world.Trail.Tamper(changed with { Hash = changed.ComputeHash() });

        await AssertFaultAsync(ReviewKind.EventChanged, changed.Id);
    }

    [Fact]
    public async Task HandleAsync_EventChangedButNotItsHash_IsNamed()
    {
        _world.Trail.Tamper(Entries[3] with { Actor = Entries[3].Actor with { Id = "somebody else" } });

        await AssertFaultAsync(ReviewKind.EventChanged, Entries[3].Id);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9)]
    public async Task HandleAsync_SealedEventRemoved_IsNamed(int which)
    {
        _world.Trail.Cut(Entries[which]);

        await AssertFaultAsync(ReviewKind.EventRemoved, Entries[which].Id);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    public async Task HandleAsync_EventInsertedBesideAnother_IsNamed(int which)
    {
        var forged = Entries[which] with { Id = new('f', 32), Reason = "forged" };
        _world.Trail.Tamper(forged with { Hash = forged.ComputeHash() });

        await AssertFaultAsync(ReviewKind.EventInserted, forged.Id);
    }

    [Fact]
    public async Task HandleAsync_GenuineEventCopiedToAnotherTime_IsNamed()
    {
        var copy = Entries[2] with { At = Entries[2].At.AddHours(-1) };
        _world.Trail.Tamper(copy);

        await AssertFaultAsync(ReviewKind.EventInserted, copy.Id);
    }

    [Fact]
    public async Task HandleAsync_UnsealedEventChanged_IsNamed()
    {
        var changed = Entries[10] with { Reason = "something else" };
        _world.Trail.Tamper(changed with { Hash = changed.ComputeHash() });

        await AssertFaultAsync(ReviewKind.EventInserted, changed.Id);
    }

    [Fact]
    public async Task HandleAsync_SeveralThings_AreNamedOldestFirst()
    {
        _world.Trail.Cut(Entries[8]);
        _world.Trail.Tamper(Entries[1] with { Reason = "something else" });

        var found = await _world.VerifyAsync();

        Assert.Equal([Entries[1].Id, Entries[8].Id], found.Faults.Select(f => f.Subject));
    }

    [Fact]
    public async Task HandleAsync_EverythingRemoved_CountsAllAndNamesTheOldest()
    {
        await _world.TellAsync(times: 200);
        await _world.SealAsync();

        foreach (var entry in Entries)
        {
            _world.Trail.Cut(entry);
        }

        var found = await _world.VerifyAsync();

        Assert.True(found is { Intact: false, Events: 0, Seals: 3 });
        Assert.Equal(Entries.Count, found.FaultCount);
        Assert.Equal(Entries.Take(VerifyTrailHandler.MaxFaults).Select(e => e.Id), found.Faults.Select(f => f.Subject));
    }

    [Fact]
    public async Task HandleAsync_SealRewrittenToFitAChange_IsNamedWithTheEvent()
    {
        var changed = Entries[1] with { Reason = "something else" };
        changed = changed with { Hash = changed.ComputeHash() };
        _world.Trail.Tamper(changed);
        var first = (await _world.SealsAsync())[0];
        _world.Archive.Tamper(_world.Tenant, 1, SealDocument.Over(
            [.. first.Events.Select(e => e.Id == changed.Id ? SealedEvent.Of(changed) : e)], first.Seal));

        var found = await _world.VerifyAsync();

        Assert.NotEmpty(found.Faults);
        Assert.Contains(found.Faults, f => (f.Kind, f.Subject) == (ReviewKind.SealInserted, "seal 1"));
        Assert.Contains(found.Faults, f => (f.Kind, f.Subject) == (ReviewKind.EventInserted, changed.Id));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandleAsync_SealAddedWithoutTheKey_IsNamedWithTheEventUnderIt(bool registered)
    {
        var (forged, seal) = await _world.ForgeAsync();
        _world.Archive.Tamper(_world.Tenant, 3, seal);

        if (registered)
        {
            _world.Register.Tamper(_world.Tenant, new(3, seal.Seal.Hash));
        }

        var found = await _world.VerifyAsync();

        Assert.Equal(
            [(ReviewKind.SealInserted, "seal 3"), (ReviewKind.EventInserted, forged.Id)],
            found.Faults.Select(f => (f.Kind, f.Subject)));
        Assert.Equal((await _world.SealsAsync())[1].Seal.Until, found.SealedUntil);
    }

    [Fact]
    public async Task HandleAsync_SealOfNoEventAtAll_IsNamed()
    {
        var seal = (await _world.SealsAsync())[1].Seal with { Sequence = 3, Count = 1 };
        _world.Archive.Tamper(_world.Tenant, 3, new(seal with { Hash = seal.ComputeHash() }, [null!]));

        await AssertFaultAsync(ReviewKind.SealChanged, "seal 3");
    }

    [Fact]
    public async Task HandleAsync_SealsListAltered_IsNamed()
    {
        var first = (await _world.SealsAsync())[0];
        _world.Archive.Tamper(_world.Tenant, 1, first with { Events = [.. first.Events.Skip(1)] });

        await AssertFaultAsync(ReviewKind.SealChanged, "seal 1");
    }

    [Fact]
    public async Task HandleAsync_SealUnreadable_IsNamed()
    {
        _world.Archive.Tamper(_world.Tenant, 2, null);

        await AssertFaultAsync(ReviewKind.SealChanged, "seal 2");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task HandleAsync_SealRemoved_IsNamed(long sequence)
    {
        _world.Archive.Cut(_world.Tenant, sequence);

        await AssertFaultAsync(ReviewKind.SealRemoved, $"seal {sequence}");
    }

    [Fact]
    public async Task HandleAsync_AllSealsRemoved_IsNamed()
    {
        _world.Archive.Cut(_world.Tenant, 1);
        _world.Archive.Cut(_world.Tenant, 2);

        await AssertFaultAsync(ReviewKind.SealRemoved, "seal 2");
    }

    [Fact]
    public async Task HandleAsync_RegisterEntryRemoved_IsNamed()
    {
        _world.Register.Cut(_world.Tenant, 1);

        await AssertFaultAsync(ReviewKind.SealRemoved, "seal 1");
    }

    [Fact]
    public async Task HandleAsync_RegisterEntryChanged_IsNamed()
    {
        _world.Register.Tamper(_world.Tenant, new(2, new('0', 64)));

        await AssertFaultAsync(ReviewKind.SealChanged, "seal 2");
    }

    private async Task AssertFaultAsync(ReviewKind kind, string subject)
    {
        var found = await _world.VerifyAsync();

        var fault = Assert.Single(found.Faults);
        Assert.Equal((kind, subject), (fault.Kind, fault.Subject));
        Assert.False(found.Intact);
    }
}
