using Reanchor.Poison;
using Reanchor.Queueing;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.Contracts;

public abstract class PoisonStoreContract
{
    private readonly TenantId _tenant = Samples.NewTenantId();

    public static TheoryData<string> BadTokens => Paging.BadTokens;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IPoisonStore Store { get; }

    [Fact]
    public async Task FindAsync_AddedWithOddAndLongText_IsTheSame()
    {
        var item = NewItem(Samples.OddText + string.Join('\n', Samples.ManyAddresses()));

        Assert.True(await Store.TryAddAsync(item, Cancellation));

        JsonAssert.Same(item, (await Store.FindAsync(_tenant, item.Id, Cancellation))!.Item);
        Assert.Null(await Store.FindAsync(Samples.NewTenantId(), item.Id, Cancellation));
    }

    [Fact]
    public async Task FindAsync_OfNoTenant_IsKeptUnderTheEmptyId()
    {
        var item = NewItem($"{Guid.NewGuid()}") with { Tenant = default };

        await Store.TryAddAsync(item, Cancellation);

        JsonAssert.Same(item, (await Store.FindAsync(default, item.Id, Cancellation))!.Item);
    }

    [Fact]
    public async Task TryAddAsync_ThereAlready_KeepsTheFirst()
    {
        await Store.TryAddAsync(NewItem("a"), Cancellation);

        Assert.False(await Store.TryAddAsync(NewItem("a") with { Times = 7 }, Cancellation));

        Assert.Equal(1, (await Store.FindAsync(_tenant, NewItem("a").Id, Cancellation))!.Item.Times);
    }

    [Fact]
    public async Task TryUpdateAsync_SomeoneElseWroteFirst_ReturnsNullAndKeepsTheirs()
    {
        await Store.TryAddAsync(NewItem("a"), Cancellation);
        var stale = (await Store.FindAsync(_tenant, NewItem("a").Id, Cancellation))!;
        var theirs = await Store.TryUpdateAsync(stale, stale.Item with { Times = 2 }, Cancellation);

        Assert.Null(await Store.TryUpdateAsync(stale, stale.Item with { Times = 3 }, Cancellation));
        Assert.NotNull(await Store.TryUpdateAsync(theirs!, theirs!.Item with { Times = 4 }, Cancellation));
        Assert.Equal(4, (await Store.FindAsync(_tenant, stale.Item.Id, Cancellation))!.Item.Times);
    }

    [Fact]
    public async Task ListAsync_ByStatusInPages_ListsThisTenantsOnly()
    {
        foreach (var n in Enumerable.Range(0, 5))
        {
            await Store.TryAddAsync(NewItem($"{n}") with { Status = n < 3 ? PoisonStatus.Waiting : PoisonStatus.Retried }, Cancellation);
        }

        Assert.Equal(5, (await ListAsync(null)).Count);
        Assert.Equal(["0", "1", "2"], (await ListAsync(PoisonStatus.Waiting)).Select(i => i.Message).Order());
        Assert.Empty((await Store.ListAsync(Samples.NewTenantId(), null, 2, null, Cancellation)).Items);
    }

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task ListAsync_TokenThatIsNone_Throws(string token) =>
        await Assert.ThrowsAsync<InvalidContinuationException>(() => Store.ListAsync(_tenant, null, 2, token, Cancellation));

    private PoisonItem NewItem(string message) => new()
    {
        Id = PoisonItem.IdOf(QueueNames.Clears, message),
        Tenant = _tenant,
        Queue = QueueNames.Clears,
        Message = message,
        PoisonedAt = Samples.Now,
        Retry = new(Samples.Olga, Samples.Now, "cured"),
    };

    private Task<List<PoisonItem>> ListAsync(PoisonStatus? status) =>
        Paging.AllAsync(2, token => Store.ListAsync(_tenant, status, 2, token, Cancellation));
}
