using Reanchor.Syncing;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.Contracts;

public abstract class CollectorSyncStoreContract
{
    private readonly TenantId _tenant = Samples.NewTenantId();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract ICollectorSyncStore Store { get; }

    [Fact]
    public async Task FindAsync_NeverAsked_IsNull() => Assert.Null(await Store.FindAsync(_tenant, Samples.Corp, Cancellation));

    [Fact]
    public async Task SaveAsync_Twice_KeepsTheLast()
    {
        var asked = New().Ask(Samples.Now);
        var reported = asked.Report(false, Samples.OddText, Samples.Now.AddMinutes(1));
        await Store.SaveAsync(asked, Cancellation);
        await Store.SaveAsync(reported, Cancellation);

        Assert.Equal(reported, await Store.FindAsync(_tenant, Samples.Corp, Cancellation));
    }

    [Fact]
    public async Task FindAsync_AnotherCollectorsOrTenants_IsNull()
    {
        await Store.SaveAsync(New().Ask(Samples.Now), Cancellation);

        Assert.Null(await Store.FindAsync(_tenant, CollectorId.Parse("cor", null), Cancellation));
        Assert.Null(await Store.FindAsync(Samples.NewTenantId(), Samples.Corp, Cancellation));
    }

    private CollectorSync New() => new() { Tenant = _tenant, Collector = Samples.Corp };
}
