using Reanchor.Tenants;
using Xunit;

namespace Reanchor.Contracts;

public abstract class TenantStoreContract
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract ITenantStore Store { get; }

    [Fact]
    public async Task TryAddAsync_New_IsFoundAsItWas()
    {
        var tenant = Samples.NewTenant() with
        {
            DisplayName = Samples.OddText,
            Collectors = [Samples.Corp, CollectorId.Parse("emea", null)],
            Policy = new() { ProtectedUserIds = [.. Enumerable.Range(0, 1000).Select(_ => Guid.NewGuid())] },
        };

        var added = await Store.TryAddAsync(tenant, Cancellation);

        Assert.True(added);
        JsonAssert.Same(tenant, (await Store.FindAsync(tenant.Id, Cancellation))!.Item);
    }

    [Fact]
    public async Task TryAddAsync_Existing_ReturnsFalseAndKeepsTheFirst()
    {
        var tenant = Samples.NewTenant();
        await Store.TryAddAsync(tenant, Cancellation);

        var added = await Store.TryAddAsync(tenant with { DisplayName = "Second" }, Cancellation);

        Assert.False(added);
        JsonAssert.Same(tenant, (await Store.FindAsync(tenant.Id, Cancellation))!.Item);
    }

    [Fact]
    public async Task FindAsync_Missing_ReturnsNull() =>
        Assert.Null(await Store.FindAsync(Samples.NewTenantId(), Cancellation));

    [Fact]
    public async Task ListAsync_Several_ComeInTheOrderOfTheirIds()
    {
        var tenants = Enumerable.Range(0, 5).Select(_ => Samples.NewTenant()).ToList();

        foreach (var tenant in tenants)
        {
            await Store.TryAddAsync(tenant, Cancellation);
        }

        // Other tests share the table.
        var mine = tenants.Select(t => t.Id.ToString()).ToHashSet();
        var listed = await Store.ListAsync(Cancellation)
            .Select(t => t.Id.ToString()).Where(mine.Contains).ToListAsync(Cancellation);

        Assert.Equal(mine.Order(StringComparer.Ordinal), listed);
    }

    [Fact]
    public async Task TryUpdateAsync_ReturnedVersion_IsGoodForTheNextUpdate()
    {
        var tenant = await AddAsync();

        var first = await Store.TryUpdateAsync(tenant, tenant.Item with { DisplayName = "First" }, Cancellation);
        var second = await Store.TryUpdateAsync(first!, first!.Item with { DisplayName = "Second" }, Cancellation);

        Assert.NotNull(second);
        Assert.Equal("Second", (await Store.FindAsync(tenant.Item.Id, Cancellation))!.Item.DisplayName);
    }

    [Fact]
    public async Task TryUpdateAsync_SomeoneElseWroteFirst_ReturnsNullAndKeepsTheirs()
    {
        var stale = await AddAsync();
        await Store.TryUpdateAsync(stale, stale.Item with { DisplayName = "Theirs" }, Cancellation);

        var ours = await Store.TryUpdateAsync(stale, stale.Item with { DisplayName = "Ours" }, Cancellation);

        Assert.Null(ours);
        Assert.Equal("Theirs", (await Store.FindAsync(stale.Item.Id, Cancellation))!.Item.DisplayName);
    }

    [Fact]
    public async Task TryUpdateAsync_Removed_IsNeitherFoundNorListedButKept()
    {
        var tenant = await AddAsync();

        var removed = tenant.Item.Remove(Samples.Olga, Samples.Now);
        await Store.TryUpdateAsync(tenant, removed, Cancellation);

        Assert.Null(await Store.FindAsync(removed.Id, Cancellation));
        Assert.DoesNotContain(removed.Id, await Store.ListAsync(Cancellation).Select(t => t.Id).ToListAsync(Cancellation));
        JsonAssert.Same(removed, (await Store.FindEvenRemovedAsync(removed.Id, Cancellation))!.Item);
        Assert.Contains(removed.Id, await Store.ListEvenRemovedAsync(Cancellation).Select(t => t.Id).ToListAsync(Cancellation));
        Assert.False(await Store.TryAddAsync(tenant.Item, Cancellation));
    }

    private async Task<Versioned<Tenant>> AddAsync()
    {
        var tenant = Samples.NewTenant();
        await Store.TryAddAsync(tenant, Cancellation);
        return (await Store.FindAsync(tenant.Id, Cancellation))!;
    }
}
