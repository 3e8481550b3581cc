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

    [Fact]
    public async Task ListRefusalsAsync_None_IsEmpty() => Assert.Empty(await RefusalsAsync());

    [Fact]
    public async Task AddRefusalAsync_WithAnInventoryInForce_LeavesItAlone()
    {
        await Store.TryReplaceAsync(null, New(), Cancellation);

        await Store.AddRefusalAsync(Refused(0), Cancellation);

        Assert.Equal(2, Assert.Single(await Store.ListAsync(_tenant, Cancellation)).Item.Count);
        JsonAssert.Same(Refused(0), Assert.Single(await RefusalsAsync()));
    }

    [Fact]
    public async Task AddRefusalAsync_MoreThanAreKept_ForgetsTheOldest()
    {
        for (var minute = 0; minute < IInventoryStore.RefusalsKept + 3; minute++)
        {
            await Store.AddRefusalAsync(Refused(minute), Cancellation);
        }

        Assert.Equal(
            Enumerable.Range(3, IInventoryStore.RefusalsKept).Reverse(),
            (await RefusalsAsync()).Select(r => (int)(r.ReceivedAt - Samples.Now).TotalMinutes));
    }

    [Fact]
    public async Task ListRefusalsAsync_SeveralCollectors_ListsItsOwnNewestFirst()
    {
        await Store.AddRefusalAsync(Refused(1), Cancellation);
        await Store.AddRefusalAsync(Refused(2), Cancellation);
        await Store.AddRefusalAsync(Refused(3) with { Collector = CollectorId.Parse("corp-2", null) }, Cancellation);
        await Store.AddRefusalAsync(Refused(4) with { Tenant = Samples.NewTenantId() }, Cancellation);

        Assert.Equal([2, 1], (await RefusalsAsync()).Select(r => r.Count));
        Assert.Equal(2, Assert.Single(await Store.ListRefusalsAsync(_tenant, Samples.Corp, 1, Cancellation)).Count);
    }

    private Task<IReadOnlyList<RefusedInventory>> RefusalsAsync() =>
        Store.ListRefusalsAsync(_tenant, Samples.Corp, 100, Cancellation);

    private RefusedInventory Refused(int minute) => new()
    {
        Tenant = _tenant,
        Collector = Samples.Corp,
        ReceivedAt = Samples.Now.AddMinutes(minute),
        UploadedBy = "oid-collector",
        Forest = "corp.example",
        TakenAt = Samples.Now.AddHours(-1),
        Count = minute,
        Problems = ["line 3: is not valid JSON (column 1)", Samples.OddText],
    };

    private InventoryRecord New() => Samples.NewInventory(_tenant);
}
