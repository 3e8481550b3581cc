using Reanchor.Clearing;
using Reanchor.Proposals;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.Contracts;

public abstract class BreakerStoreContract
{
    private readonly TenantId _tenant = Samples.NewTenantId();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IBreakerStore Store { get; }

    protected abstract IProposalStore Proposals { get; }

    private TenantBreakers Paused => New.Switch(new(true, Samples.Olga, Samples.Now, Samples.OddText));

    private TenantBreakers New => new() { Tenant = _tenant };

    [Fact]
    public async Task FindAsync_NeverStored_IsNewAndHoldsNothingBack()
    {
        var found = await Store.FindAsync(_tenant, Cancellation);

        JsonAssert.Same(New, found.Item);
        Assert.False(found.Item.IsPaused || found.Item.IsQuarantined);
    }

    [Fact]
    public async Task TryUpdateAsync_FirstAndSecondTime_IsFoundAsItWas()
    {
        Assert.True(await Store.TryUpdateAsync(await FoundAsync(), Paused, Cancellation));
        var quarantined = Paused with { Quarantine = new(Samples.Now, 3, 5, 20), Outcomes = [true, false], WindowFrom = Samples.Now };
        Assert.True(await Store.TryUpdateAsync(await FoundAsync(), quarantined, Cancellation));

        JsonAssert.Same(quarantined, (await FoundAsync()).Item);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TryUpdateAsync_SomeoneElseWroteFirst_IsFalseAndKeepsTheirs(bool storedBefore)
    {
        if (storedBefore)
        {
            await Store.TryUpdateAsync(await FoundAsync(), New, Cancellation);
        }

        var stale = await FoundAsync();
        await Store.TryUpdateAsync(stale, Paused, Cancellation);

        Assert.False(await Store.TryUpdateAsync(stale, New, Cancellation));
        Assert.True((await FoundAsync()).Item.IsPaused);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TryUpdateAsync_WithAProposal_ChangesBoth(bool storedBefore)
    {
        if (storedBefore)
        {
            await Store.TryUpdateAsync(await FoundAsync(), New, Cancellation);
        }

        var proposal = await AddAsync();

        var result = await Store.TryUpdateAsync(await FoundAsync(), Paused, proposal, proposal.Item.Expire(Samples.Now), Cancellation);

        Assert.False(result.BreakersChanged);
        Assert.True((await FoundAsync()).Item.IsPaused);
        var stored = await Proposals.FindAsync(_tenant, proposal.Item.Id, Cancellation);
        Assert.Equal((ProposalStatus.Expired, stored!.Version), (stored.Item.Status, result.Moved!.Version));
    }

    [Fact]
    public async Task TryUpdateAsync_ProposalWrittenFirst_ChangesNeither()
    {
        var stale = await AddAsync();
        await Proposals.TryUpdateAsync(stale, stale.Item.Decide(Samples.Reject(stale.Item)), Cancellation);

        var result = await Store.TryUpdateAsync(await FoundAsync(), Paused, stale, stale.Item.Expire(Samples.Now), Cancellation);

        Assert.Equal(new(false, null), result);
        Assert.False((await FoundAsync()).Item.IsPaused);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TryUpdateAsync_BreakersWrittenFirst_ChangesNeither(bool storedBefore)
    {
        if (storedBefore)
        {
            await Store.TryUpdateAsync(await FoundAsync(), New, Cancellation);
        }

        var stale = await FoundAsync();
        var proposal = await AddAsync();
        await Store.TryUpdateAsync(stale, Paused, Cancellation);

        var result = await Store.TryUpdateAsync(stale, New, proposal, proposal.Item.Expire(Samples.Now), Cancellation);

        Assert.Equal(new(true, null), result);
        Assert.Equal(ProposalStatus.Pending, (await Proposals.FindAsync(_tenant, proposal.Item.Id, Cancellation))!.Item.Status);
    }

    [Fact]
    public async Task Proposals_Listed_DoNotShowTheBreakers()
    {
        await Store.TryUpdateAsync(await FoundAsync(), Paused, Cancellation);
        var proposal = await AddAsync();

        var page = await Proposals.ListAsync(_tenant, null, 10, null, Cancellation);
        var unsettled = await Proposals.ListUnsettledAsync(_tenant, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(proposal.Item.Id, Assert.Single(page.Items).Id);
        Assert.Equal(proposal.Item.Id, Assert.Single(unsettled).Item.Id);
    }

    private Task<Versioned<TenantBreakers>> FoundAsync() => Store.FindAsync(_tenant, Cancellation);

    private async Task<Versioned<Proposal>> AddAsync()
    {
        var proposal = Samples.NewProposal(_tenant);
        await Proposals.TryAddAsync(proposal, Cancellation);
        return (await Proposals.FindAsync(_tenant, proposal.Id, Cancellation))!;
    }
}
