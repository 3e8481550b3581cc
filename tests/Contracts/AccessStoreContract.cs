using Reanchor.Access;
using Xunit;

namespace Reanchor.Contracts;

public abstract class AccessStoreContract
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IAccessStore Store { get; }

    [Fact]
    public async Task FindAsync_Missing_IsNull()
    {
        await AddAsync();

        Assert.Null(await Store.FindAsync(Guid.NewGuid(), Cancellation));
    }

    [Fact]
    public async Task TryAddAsync_EveryMember_IsKept()
    {
        var grant = Samples.NewGrant() with
        {
            Kind = PrincipalKind.Group,
            Tenants = [.. Enumerable.Range(0, 1000).Select(_ => Samples.NewTenantId())],
            Reason = Samples.OddText,
        };

        Assert.True(await Store.TryAddAsync(grant, Cancellation));

        JsonAssert.Same(grant, (await Store.FindAsync(grant.PrincipalId, Cancellation))!.Item);
    }

    [Fact]
    public async Task TryAddAsync_OneIsThere_KeepsIt()
    {
        var first = (await AddAsync()).Item;

        Assert.False(await Store.TryAddAsync(first with { AllTenants = true }, Cancellation));

        JsonAssert.Same(first, (await Store.FindAsync(first.PrincipalId, Cancellation))!.Item);
    }

    [Fact]
    public async Task TryUpdateAsync_Removal_IsKept()
    {
        var found = await AddAsync();
        var changed = found.Item.Remove(new(Samples.Anton, Samples.Now.AddDays(1), Samples.OddText));

        var updated = await Store.TryUpdateAsync(found, changed, Cancellation);

        var kept = await Store.FindAsync(changed.PrincipalId, Cancellation);
        JsonAssert.Same(changed, kept!.Item);
        Assert.Equal(updated!.Version, kept.Version);
    }

    [Fact]
    public async Task TryUpdateAsync_SomeoneElseWroteFirst_ReturnsNullAndKeepsTheirs()
    {
        var stale = await AddAsync();
        var theirs = stale.Item with { Reason = "theirs" };
        await Store.TryUpdateAsync(stale, theirs, Cancellation);

        Assert.Null(await Store.TryUpdateAsync(stale, stale.Item with { AllTenants = true }, Cancellation));

        JsonAssert.Same(theirs, (await Store.FindAsync(theirs.PrincipalId, Cancellation))!.Item);
    }

    [Fact]
    public async Task ListAsync_RemovedOnesToo_AreInTheOrderOfIds()
    {
        var grants = Enumerable.Range(0, 5).Select(_ => Samples.NewGrant()).ToList();

        foreach (var grant in grants)
        {
            await Store.TryAddAsync(grant.Remove(new(Samples.Anton, Samples.Now, "gone")), Cancellation);
        }

        var own = grants.Select(g => g.PrincipalId.ToString("D")).ToHashSet();
        var listed = await Store.ListAsync(Cancellation).Select(g => g.Item.PrincipalId.ToString("D")).ToListAsync(Cancellation);

        Assert.Equal(own.Order(StringComparer.Ordinal), listed.Where(own.Contains));
    }

    private async Task<Versioned<AccessGrant>> AddAsync()
    {
        var grant = Samples.NewGrant();
        await Store.TryAddAsync(grant, Cancellation);
        return (await Store.FindAsync(grant.PrincipalId, Cancellation))!;
    }
}
