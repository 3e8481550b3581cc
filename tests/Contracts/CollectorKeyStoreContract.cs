using Reanchor.Access;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.Contracts;

public abstract class CollectorKeyStoreContract
{
    private readonly TenantId _tenant = Samples.NewTenantId();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract ICollectorKeyStore Store { get; }

    [Fact]
    public async Task FindAsync_Missing_IsNull()
    {
        await AddAsync(Samples.Corp);

        Assert.Null(await Store.FindAsync(_tenant, CollectorId.Parse("other", null), Cancellation));
        Assert.Null(await Store.FindAsync(Samples.NewTenantId(), Samples.Corp, Cancellation));
    }

    [Fact]
    public async Task TryUpdateAsync_EveryMember_IsKept()
    {
        var found = await AddAsync(Samples.Corp);
        var changed = Keys(Samples.Corp)
            .Issue(CollectorKey.New(_tenant, Samples.Corp), Samples.Anton, Samples.Now.AddDays(1)) with
        {
            LastUsedAt = Samples.Now,
            Revocation = new(Samples.Anton, Samples.Now.AddDays(2), Samples.OddText),
        };

        var updated = await Store.TryUpdateAsync(found, changed, Cancellation);

        Assert.Equal(changed, updated!.Item);
        Assert.Equal(updated, await Store.FindAsync(_tenant, Samples.Corp, Cancellation));
    }

    [Fact]
    public async Task TryAddAsync_OneIsThere_KeepsIt()
    {
        var first = await AddAsync(Samples.Corp);

        Assert.False(await Store.TryAddAsync(Keys(Samples.Corp), Cancellation));

        Assert.Equal(first, await Store.FindAsync(_tenant, Samples.Corp, Cancellation));
    }

    [Fact]
    public async Task TryUpdateAsync_SomeoneElseWroteFirst_ReturnsNullAndKeepsTheirs()
    {
        var stale = await AddAsync(Samples.Corp);
        var theirs = stale.Item.Revoke(new(Samples.Anton, Samples.Now, "theirs"));
        await Store.TryUpdateAsync(stale, theirs, Cancellation);

        Assert.Null(await Store.TryUpdateAsync(stale, Keys(Samples.Corp), Cancellation));

        Assert.Equal(theirs, (await Store.FindAsync(_tenant, Samples.Corp, Cancellation))!.Item);
    }

    [Fact]
    public async Task ListAsync_Tenant_HasItsOwnInOrder()
    {
        await AddAsync(CollectorId.Parse("b", null));
        await AddAsync(CollectorId.Parse("a-1", null));
        await Store.TryAddAsync(Keys(Samples.Corp) with { Tenant = Samples.NewTenantId() }, Cancellation);

        var listed = await Store.ListAsync(_tenant, Cancellation).Select(k => k.Item.Collector.Value).ToListAsync(Cancellation);

        Assert.Equal(["a-1", "b"], listed);
    }

    private CollectorKeys Keys(CollectorId collector) => new CollectorKeys { Tenant = _tenant, Collector = collector }
        .Issue(CollectorKey.New(_tenant, collector), Samples.Olga, Samples.Now);

    private async Task<Versioned<CollectorKeys>> AddAsync(CollectorId collector)
    {
        await Store.TryAddAsync(Keys(collector), Cancellation);
        return (await Store.FindAsync(_tenant, collector, Cancellation))!;
    }
}
