using Reanchor.Inventories;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.Contracts;

public abstract class InventoryStoreContract
{
    private readonly TenantId _tenant = Samples.NewTenantId();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IInventoryStore Store { get; }

    [Fact]
    public async Task ListAsync_None_IsEmpty() => Assert.Empty(await Store.ListAsync(_tenant, Cancellation));

    [Fact]
    public async Task TryReplaceAsync_FirstOfACollector_ComesIntoForce()
    {
        var record = New() with { UploadedBy = Samples.OddText };

        var replaced = await Store.TryReplaceAsync(null, record, Cancellation);

        Assert.True(replaced);
        JsonAssert.Same(record, Assert.Single(await Store.ListAsync(_tenant, Cancellation)).Item);
    }

    [Fact]
    public async Task TryReplaceAsync_TwoFirstOnes_KeepsTheFirst()
    {
        await Store.TryReplaceAsync(null, New(), Cancellation);

        var replaced = await Store.TryReplaceAsync(null, New() with { Count = 5 }, Cancellation);

        Assert.False(replaced);
        Assert.Equal(2, Assert.Single(await Store.ListAsync(_tenant, Cancellation)).Item.Count);
    }

    [Fact]
    public async Task TryReplaceAsync_InPlaceOfTheCurrent_LeavesOneInForce()
    {
        await Store.TryReplaceAsync(null, New(), Cancellation);
        var current = Assert.Single(await Store.ListAsync(_tenant, Cancellation));

        var replaced = await Store.TryReplaceAsync(current, New() with { Count = 5 }, Cancellation);

        Assert.True(replaced);
        Assert.Equal(5, Assert.Single(await Store.ListAsync(_tenant, Cancellation)).Item.Count);
    }

    [Fact]
    public async Task TryReplaceAsync_AnotherCameMeanwhile_ReturnsFalseAndKeepsTheirs()
    {
        await Store.TryReplaceAsync(null, New(), Cancellation);
        var stale = Assert.Single(await Store.ListAsync(_tenant, Cancellation));
        await Store.TryReplaceAsync(stale, New() with { Count = 5 }, Cancellation);

        var replaced = await Store.TryReplaceAsync(stale, New() with { Count = 6 }, Cancellation);

        Assert.False(replaced);
        Assert.Equal(5, Assert.Single(await Store.ListAsync(_tenant, Cancellation)).Item.Count);
    }

    [Fact]
    public async Task ListAsync_SeveralCollectorsAndTenants_ListsTheTenantsOwn()
    {
        var emea = CollectorId.Parse("emea", null);
        await Store.TryReplaceAsync(null, New(), Cancellation);
        await Store.TryReplaceAsync(null, Samples.NewInventory(_tenant, emea), Cancellation);
        await Store.TryReplaceAsync(null, Samples.NewInventory(Samples.NewTenantId()), Cancellation);

        var listed = await Store.ListAsync(_tenant, Cancellation);

        Assert.Equal([Samples.Corp, emea], listed.Select(r => r.Item.Collector).OrderBy(c => c.Value));
    }

    private InventoryRecord New() => Samples.NewInventory(_tenant);
}
