using Reanchor.Sealing;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.Contracts;

public abstract class TrailCheckStoreContract
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract ITrailCheckStore Store { get; }

    [Fact]
    public async Task FindAsync_NeverVerified_IsNull() => Assert.Null(await Store.FindAsync(Samples.NewTenantId(), Cancellation));

    [Fact]
    public async Task SaveAsync_Twice_KeepsTheLast()
    {
        var first = New(Samples.NewTenantId());
        var second = first with { At = first.At.AddHours(1), Events = 8, FaultCount = 2 };
        await Store.SaveAsync(first, Cancellation);
        await Store.SaveAsync(second, Cancellation);

        Assert.Equal(second, await Store.FindAsync(first.Tenant, Cancellation));
        Assert.Null(await Store.FindAsync(Samples.NewTenantId(), Cancellation));
    }

    [Fact]
    public async Task SaveAsync_TrailOfNoTenant_IsFoundAsItWas()
    {
        await Store.SaveAsync(New(default), Cancellation);

        Assert.Equal(New(default), await Store.FindAsync(default, Cancellation));
    }

    private static TrailCheck New(TenantId tenant) => new() { Tenant = tenant, At = Samples.Now, Events = 7, FaultCount = 0 };
}
