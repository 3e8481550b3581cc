using Reanchor.Exceptions;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.Contracts;

public abstract class ExceptionStoreContract
{
    private readonly TenantId _tenant = Samples.NewTenantId();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IExceptionStore Store { get; }

    [Fact]
    public async Task FindAsync_Missing_IsNull()
    {
        await Store.TryAddAsync(Samples.NewException(_tenant), Cancellation);

        Assert.Null(await Store.FindAsync(_tenant, Guid.NewGuid(), Cancellation));
        Assert.Null(await Store.FindAsync(Samples.NewTenantId(), Samples.Ann.Id, Cancellation));
    }

    [Fact]
    public async Task TryAddAsync_EveryMember_IsKept()
    {
        var exception = Samples.NewException(_tenant) with { Owner = Samples.OddText, Reason = string.Join(' ', Samples.ManyAddresses()) };

        Assert.True(await Store.TryAddAsync(exception, Cancellation));

        Assert.Equal(exception, (await Store.FindAsync(_tenant, exception.UserId, Cancellation))!.Item);
    }

    [Fact]
    public async Task TryAddAsync_OneIsThere_KeepsIt()
    {
        var first = Samples.NewException(_tenant);
        await Store.TryAddAsync(first, Cancellation);

        Assert.False(await Store.TryAddAsync(first with { Owner = "someone else" }, Cancellation));

        Assert.Equal(first, (await Store.FindAsync(_tenant, first.UserId, Cancellation))!.Item);
    }

    [Fact]
    public async Task TryUpdateAsync_EveryMember_IsKept()
    {
        var found = await AddAsync();
        var changed = found.Item.Remove(new(Samples.Anton, Samples.Now.AddDays(1), Samples.OddText)) with { RanOutAt = Samples.Now };

        var updated = await Store.TryUpdateAsync(found, changed, Cancellation);

        Assert.Equal(changed, updated!.Item);
        Assert.Equal(updated, await Store.FindAsync(_tenant, changed.UserId, Cancellation));
    }

    [Fact]
    public async Task TryUpdateAsync_SomeoneElseWroteFirst_ReturnsNullAndKeepsTheirs()
    {
        var stale = await AddAsync();
        var theirs = stale.Item with { Owner = "theirs" };
        await Store.TryUpdateAsync(stale, theirs, Cancellation);

        Assert.Null(await Store.TryUpdateAsync(stale, stale.Item with { Owner = "ours" }, Cancellation));

        Assert.Equal(theirs, (await Store.FindAsync(_tenant, theirs.UserId, Cancellation))!.Item);
    }

    [Fact]
    public async Task ListAsync_EndedOnesToo_AreThisTenantsInTheOrderOfUsers()
    {
        var users = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToList();

        foreach (var user in users)
        {
            await Store.TryAddAsync(Samples.NewException(_tenant, user) with { RanOutAt = Samples.Now }, Cancellation);
        }

        await Store.TryAddAsync(Samples.NewException(Samples.NewTenantId()), Cancellation);

        var listed = await Store.ListAsync(_tenant, Cancellation).Select(e => e.Item.UserId.ToString()).ToListAsync(Cancellation);

        Assert.Equal(users.Select(u => u.ToString()).Order(StringComparer.Ordinal), listed);
    }

    private async Task<Versioned<ExceptedUser>> AddAsync()
    {
        await Store.TryAddAsync(Samples.NewException(_tenant), Cancellation);
        return (await Store.FindAsync(_tenant, Samples.Ann.Id, Cancellation))!;
    }
}
