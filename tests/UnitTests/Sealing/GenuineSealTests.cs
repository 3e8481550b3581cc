using Reanchor.Contracts;
using Reanchor.Sealing;

namespace Reanchor.UnitTests.Sealing;

/// <summary>What is built on a seal that Reanchor did not write, or can no longer tell from one.</summary>
public sealed class GenuineSealTests : IDisposable
{
    private static readonly string OtherKey = Convert.ToBase64String(new byte[32]);

    private readonly SealingWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_SealAddedWithoutTheKey_IsNeitherRegisteredNorFollowedOn()
    {
        await _world.TellAsync();
        await _world.SealAsync();
        var (_, seal) = await _world.ForgeAsync();
        _world.Archive.Tamper(_world.Tenant, 2, seal);
        await _world.TellAsync();

        var fault = await Assert.ThrowsAsync<InvalidDataException>(_world.SealAsync);

        Assert.Contains("Audit__PreviousKey", fault.Message, StringComparison.Ordinal);
        Assert.Equal([1], await _world.RegisteredAsync());
        Assert.Equal([1, 2], (await _world.SealsAsync()).Select(s => s.Seal.Sequence));
    }

    [Fact]
    public async Task HandleAsync_OlderSealCopiedToTheNextNumber_StopsAloud()
    {
        await _world.TellAsync();
        await _world.SealAsync();
        _world.Archive.Tamper(_world.Tenant, 2, (await _world.SealsAsync())[0]);
        await _world.TellAsync();

        await Assert.ThrowsAsync<InvalidDataException>(_world.SealAsync);

        Assert.Equal([1], await _world.RegisteredAsync());
        var found = Assert.Single((await _world.VerifyAsync()).Faults);
        Assert.Equal((ReviewKind.SealChanged, "seal 2"), (found.Kind, found.Subject));
    }

    [Fact]
    public async Task HandleAsync_HashRegisteredAheadOfItsForgedSeal_IsNotVouchedForByTheNext()
    {
        await _world.TellAsync();
        await _world.SealAsync();
        var (forged, seal) = await _world.ForgeAsync();
        _world.Register.Tamper(_world.Tenant, new(2, seal.Seal.Hash));
        await _world.TellAsync();
        await _world.SealAsync();
        _world.Archive.Tamper(_world.Tenant, 2, seal);

        var found = await _world.VerifyAsync();

        Assert.Equal(
            [(ReviewKind.SealInserted, "seal 2"), (ReviewKind.EventInserted, forged.Id)],
            found.Faults.Select(f => (f.Kind, f.Subject)));
        Assert.Equal([1, 2, 3], (await _world.SealsAsync()).Select(s => s.Seal.Sequence));
    }

    [Theory]
    [InlineData(9999, 2026)]
    [InlineData(2026, 9999)]
    public async Task HandleAsync_SealWithADateStillToCome_IsNotFollowedOn(int until, int sweptAt)
    {
        await _world.TellAsync();
        await _world.SealAsync();
        var last = (await _world.SealsAsync())[0].Seal;
        var ahead = SealDocument.Over([], last with
        {
            Sequence = 2,
            Previous = last.Hash,
            Until = last.Until.AddYears(until - last.Until.Year),
            SweptAt = last.SweptAt.AddYears(sweptAt - last.SweptAt.Year),
        });
        _world.Archive.Tamper(_world.Tenant, 2, ahead with { Seal = Samples.AuditStamp.Put(ahead.Seal) });
        await _world.TellAsync();

        var fault = await Assert.ThrowsAsync<InvalidDataException>(_world.SealAsync);

        Assert.Contains("still to come", fault.Message, StringComparison.Ordinal);
        Assert.Equal([1], await _world.RegisteredAsync());
        var found = Assert.Single((await _world.VerifyAsync()).Faults);
        Assert.Equal((ReviewKind.SealChanged, "seal 2"), (found.Kind, found.Subject));
        Assert.Contains("9999", found.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_KeyReplaced_ANewSealVouchesForThoseOfTheOldKey()
    {
        await _world.TellAsync();
        await _world.SealAsync();
        await _world.TellAsync(times: 2);
        await _world.SealAsync();
        _world.Clock.Advance(TimeSpan.FromHours(1));

        await _world.HostWith(OtherKey, Samples.AuditKey).Seal.HandleAsync(_world.Tenant, World.Cancellation);
        var later = _world.HostWith(OtherKey);
        await later.Seal.HandleAsync(_world.Tenant, World.Cancellation);

        Assert.Equal([1, 2, 0], (await _world.SealsAsync()).Select(s => s.Seal.Count));
        Assert.True(await later.Verify.HandleAsync(_world.Tenant, World.Cancellation) is { Intact: true, Events: 3, Seals: 3, NotYetSealed: 0 });
    }

    [Fact]
    public async Task HandleAsync_OldKeyTakenAwayBeforeTheNextSeal_IsRefusedUntilItIsBack()
    {
        await _world.TellAsync();
        await _world.SealAsync();
        var tooEarly = _world.HostWith(OtherKey);

        await Assert.ThrowsAsync<InvalidDataException>(() => tooEarly.Seal.HandleAsync(_world.Tenant, World.Cancellation));
        var found = await tooEarly.Verify.HandleAsync(_world.Tenant, World.Cancellation);
        await _world.HostWith(OtherKey, Samples.AuditKey).Seal.HandleAsync(_world.Tenant, World.Cancellation);

        Assert.Equal([ReviewKind.SealInserted, ReviewKind.EventInserted], found.Faults.Select(f => f.Kind));
        Assert.True((await tooEarly.Verify.HandleAsync(_world.Tenant, World.Cancellation)).Intact);
    }
}
