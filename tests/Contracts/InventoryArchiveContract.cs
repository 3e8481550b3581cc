using Reanchor.Inventories;
using Xunit;

namespace Reanchor.Contracts;

public abstract class InventoryArchiveContract
{
    private readonly InventoryRecord _record = Samples.NewInventory(Samples.NewTenantId());

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IInventoryArchive Archive { get; }

    [Fact]
    public async Task OpenAsync_Saved_ReadsTheSameBytes()
    {
        var content = new byte[9 * 1024 * 1024];
        Random.Shared.NextBytes(content);

        await Archive.SaveAsync(_record, new MemoryStream(content), Cancellation);

        Assert.Equal(content, await ReadAsync(_record));
    }

    [Fact]
    public async Task OpenAsync_OtherVersionsAndCollectors_AreOtherFiles()
    {
        var others = new[]
        {
            _record,
            _record with { Version = new('b', 64) },
            _record with { TakenAt = _record.TakenAt.AddSeconds(1) },
            _record with { Collector = Tenants.CollectorId.Parse("emea", null) },
            _record with { Tenant = Samples.NewTenantId() },
        };

        for (byte n = 0; n < others.Length; n++)
        {
            await Archive.SaveAsync(others[n], new MemoryStream([n]), Cancellation);
        }

        for (byte n = 0; n < others.Length; n++)
        {
            Assert.Equal([n], await ReadAsync(others[n]));
        }
    }

    [Fact]
    public async Task SaveAsync_SameInventoryAgain_IsHarmless()
    {
        await Archive.SaveAsync(_record, new MemoryStream([1, 2, 3]), Cancellation);

        await Archive.SaveAsync(_record, new MemoryStream([1, 2, 3]), Cancellation);

        Assert.Equal([1, 2, 3], await ReadAsync(_record));
    }

    [Fact]
    public async Task OpenAsync_NeverSaved_IsNull()
    {
        await Archive.SaveAsync(_record, new MemoryStream([1]), Cancellation);

        Assert.Null(await Archive.OpenAsync(_record with { Version = new('c', 64) }, Cancellation));
    }

    private async Task<byte[]> ReadAsync(InventoryRecord record)
    {
        await using var stream = await Archive.OpenAsync(record, Cancellation);
        using var copy = new MemoryStream();
        await stream!.CopyToAsync(copy, Cancellation);
        return copy.ToArray();
    }
}
