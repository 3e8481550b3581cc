using Reanchor.Sealing;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.Contracts;

public abstract class SealStoresContract
{
    private readonly TenantId _tenant = Samples.NewTenantId();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract ISealArchive Archive { get; }

    protected abstract ISealRegister Register { get; }

    [Fact]
    public async Task Archive_Added_ReadsNewestFirstAndWhole()
    {
        foreach (var sequence in (long[])[2, 1, 10, 3])
        {
            Assert.True(await Archive.TryAddAsync(NewSeal(sequence), Cancellation));
        }

        var seals = await Archive.ReadAsync(_tenant, Cancellation).ToListAsync(Cancellation);

        Assert.Equal([10, 3, 2, 1], seals.Select(s => s.Sequence));
        Assert.All(seals, s => Assert.True(s.Document!.IsWhole()));
        JsonAssert.Same(NewSeal(10), seals[0].Document);
    }

    [Fact]
    public async Task Archive_NumberTaken_KeepsTheFirst()
    {
        await Archive.TryAddAsync(NewSeal(1), Cancellation);

        Assert.False(await Archive.TryAddAsync(NewSeal(1, events: 0), Cancellation));

        var kept = await Archive.ReadAsync(_tenant, Cancellation).SingleAsync(Cancellation);
        Assert.Equal(2, kept.Document!.Events.Count);
    }

    [Fact]
    public async Task Archive_TwentyAtOnce_OneWins()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => Archive.TryAddAsync(NewSeal(1, n), Cancellation)));

        Assert.Single(added, won => won);
    }

    [Fact]
    public async Task Archive_AnotherTenant_HasNone()
    {
        await Archive.TryAddAsync(NewSeal(1), Cancellation);

        Assert.Empty(await Archive.ReadAsync(Samples.NewTenantId(), Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Register_Added_ListsNewestFirstAndKeepsTheFirstOfANumber()
    {
        foreach (var sequence in (long[])[1, 10, 2])
        {
            await Register.AddAsync(NewSeal(sequence).Seal, Cancellation);
        }

        await Register.AddAsync(NewSeal(2, events: 0).Seal, Cancellation);

        Assert.Equal(
            [new(10, NewSeal(10).Seal.Hash), new(2, NewSeal(2).Seal.Hash), new(1, NewSeal(1).Seal.Hash)],
            await Register.ListAsync(_tenant, Cancellation).ToListAsync(Cancellation));
        Assert.Empty(await Register.ListAsync(Samples.NewTenantId(), Cancellation).ToListAsync(Cancellation));
    }

    private SealDocument NewSeal(long sequence, int events = 2) => SealDocument.Over(
        [.. Enumerable.Range(0, events).Select(n => new SealedEvent(Samples.Now.AddMinutes(-n), $"{n:x32}", $"{n:x64}"))],
        new()
        {
            Tenant = _tenant,
            Sequence = sequence,
            Previous = new('a', 64),
            SealedAt = Samples.Now.AddHours(1),
            Until = Samples.Now.AddHours(1),
            SweptAt = Samples.Now,
            Count = 0,
            Root = "",
        });
}
