using Reanchor.Proposals;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.Contracts;

/// <summary>The store's clock stands at <see cref="Samples.Now"/>.</summary>
public abstract class ProposalStoreContract
{
    private readonly TenantId _tenant = Samples.NewTenantId();

    public static TheoryData<string> BadTokens => Paging.BadTokens;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IProposalStore Store { get; }

    [Fact]
    public async Task TryAddAsync_BigAndOdd_IsFoundAsItWas()
    {
        var proposal = (New() with
        {
            DisplayName = Samples.OddText,
            Anchor = new(Samples.OddText),
            Warnings = Samples.ManyAddresses(),
            OnPremises = new() { DistinguishedName = "CN=O'Neil\\, Ann,OU=a/b#c" },
        }).Seal();

        var added = await Store.TryAddAsync(proposal, Cancellation);

        Assert.True(added);
        var found = (await Store.FindAsync(_tenant, proposal.Id, Cancellation))!.Item;
        JsonAssert.Same(proposal, found);
        Assert.True(found.DigestHolds);
    }

    [Fact]
    public async Task TryAddAsync_Existing_ReturnsFalseAndKeepsTheFirst()
    {
        var proposal = New();
        await Store.TryAddAsync(proposal, Cancellation);

        var added = await Store.TryAddAsync(proposal with { DisplayName = "Second" }, Cancellation);

        Assert.False(added);
        JsonAssert.Same(proposal, (await Store.FindAsync(_tenant, proposal.Id, Cancellation))!.Item);
    }

    [Fact]
    public async Task FindAsync_MissingOrAnotherTenants_ReturnsNull()
    {
        var proposal = New();
        await Store.TryAddAsync(proposal, Cancellation);

        Assert.Null(await Store.FindAsync(_tenant, proposal.Id.Following(), Cancellation));
        Assert.Null(await Store.FindAsync(Samples.NewTenantId(), proposal.Id, Cancellation));
    }

    [Fact]
    public async Task TryUpdateAsync_ReturnedVersion_IsGoodForTheNextUpdate()
    {
        var found = await AddAsync(New());

        var approved = await Store.TryUpdateAsync(found, found.Item.Decide(Samples.Approve(found.Item)), Cancellation);
        var clearing = await Store.TryUpdateAsync(approved!, approved!.Item.BeginClear(Samples.Now, Samples.Now.AddMinutes(3)), Cancellation);

        JsonAssert.Same(clearing!.Item, (await Store.FindAsync(_tenant, found.Item.Id, Cancellation))!.Item);
        Assert.Equal(ProposalStatus.Clearing, clearing.Item.Status);
    }

    [Fact]
    public async Task TryUpdateAsync_SomeoneElseWroteFirst_ReturnsNullAndKeepsTheirs()
    {
        var stale = await AddAsync(New());
        var theirs = stale.Item.Decide(Samples.Reject(stale.Item));
        await Store.TryUpdateAsync(stale, theirs, Cancellation);

        var ours = await Store.TryUpdateAsync(stale, stale.Item.Decide(Samples.Approve(stale.Item)), Cancellation);

        Assert.Null(ours);
        JsonAssert.Same(theirs, (await Store.FindAsync(_tenant, theirs.Id, Cancellation))!.Item);
    }

    [Fact]
    public async Task TryUpdateAsync_ManyAtOnce_ExactlyOneWins()
    {
        var found = await AddAsync(New());

        var updates = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Store.TryUpdateAsync(found, found.Item.Decide(Samples.Approve(found.Item)), Cancellation), Cancellation)));

        Assert.Single(updates, u => u is not null);
    }

    [Fact]
    public async Task TryUpdateAsync_NeverAdded_ReturnsNull()
    {
        var version = (await AddAsync(New())).Version;
        var unknown = New();

        var updated = await Store.TryUpdateAsync(new(unknown, version), unknown, Cancellation);

        Assert.Null(updated);
        Assert.Null(await Store.FindAsync(_tenant, unknown.Id, Cancellation));
    }

    [Fact]
    public async Task FindLatestAsync_SeveralOfOneUser_ReturnsTheNewest()
    {
        var newest = New();
        await Store.TryAddAsync(newest, Cancellation);

        for (var n = 2; n <= 11; n++)
        {
            newest = newest with { Id = newest.Id.Following() };
            await Store.TryAddAsync(newest, Cancellation);
        }

        // Other users, with ids just below and above, come before and after it in the order of keys.
        await Store.TryAddAsync(New(Guid.Empty), Cancellation);
        await Store.TryAddAsync(New(Guid.AllBitsSet), Cancellation);

        var latest = await Store.FindLatestAsync(_tenant, newest.UserId, Cancellation);

        JsonAssert.Same(newest, latest!.Item);
        Assert.NotNull(await Store.TryUpdateAsync(latest, latest.Item.Expire(Samples.Now), Cancellation));
    }

    [Fact]
    public async Task ListOfUserAsync_SeveralOfOneUser_ListsThemOldestFirstAndNoOthers()
    {
        var first = New();
        Proposal[] own = [first, first with { Id = first.Id.Following() }, first with { Id = first.Id.Following().Following() }];

        foreach (var proposal in new[] { own[2], own[0], own[1], New(Guid.Empty), New(Guid.AllBitsSet) })
        {
            await Store.TryAddAsync(proposal, Cancellation);
        }

        var listed = await Store.ListOfUserAsync(_tenant, first.UserId, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(own.Select(p => p.Id), listed.Select(found => found.Item.Id));
        Assert.NotNull(await Store.TryUpdateAsync(listed[0], listed[0].Item.Expire(Samples.Now), Cancellation));
        Assert.Empty(await Store.ListOfUserAsync(Samples.NewTenantId(), first.UserId, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task FindLatestAsync_None_ReturnsNull() =>
        Assert.Null(await Store.FindLatestAsync(_tenant, Guid.NewGuid(), Cancellation));

    [Fact]
    public async Task ListAsync_InPages_FollowsUsersWithTheOldestProposalFirst()
    {
        var proposals = Enumerable.Range(0, 3).Select(_ => New())
            .SelectMany(p => new[] { p with { Id = p.Id.Following() }, p }).ToList();

        foreach (var proposal in proposals)
        {
            await Store.TryAddAsync(proposal, Cancellation);
        }

        var listed = await AllAsync(null, 2);

        Assert.Equal(proposals.Select(p => p.Id.Value).Order(StringComparer.Ordinal), listed.Select(p => p.Id.Value));
    }

    [Fact]
    public async Task ListAsync_OfOneStatus_LeavesTheOthersOut()
    {
        var pending = await AddAsync(New());
        var rejected = await AddAsync(New());
        await Store.TryUpdateAsync(rejected, rejected.Item.Decide(Samples.Reject(rejected.Item)), Cancellation);

        Assert.Equal(pending.Item.Id, Assert.Single(await AllAsync(ProposalStatus.Pending, 5)).Id);
        Assert.Equal(rejected.Item.Id, Assert.Single(await AllAsync(ProposalStatus.Rejected, 5)).Id);
        Assert.Empty(await AllAsync(ProposalStatus.Approved, 5));
    }

    [Fact]
    public async Task ListAsync_TokenOfAnotherTenantsList_Throws()
    {
        await Store.TryAddAsync(New(), Cancellation);
        await Store.TryAddAsync(New(), Cancellation);
        var page = await Store.ListAsync(_tenant, null, 1, null, Cancellation);

        await Assert.ThrowsAsync<InvalidContinuationException>(
            () => Store.ListAsync(Samples.NewTenantId(), null, 1, page.Next, Cancellation));
    }

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task ListAsync_TokenThatIsNone_Throws(string token) =>
        await Assert.ThrowsAsync<InvalidContinuationException>(() => Store.ListAsync(_tenant, null, 2, token, Cancellation));

    [Fact]
    public async Task ListUnsettledAsync_EveryStatus_ListsTheOpenAndTheFreshlyEnded()
    {
        var longAgo = Samples.Now.AddDays(-1).AddSeconds(-1);
        var justNow = Samples.Now.AddDays(-1).AddSeconds(1);
        var old = Enum.GetValues<ProposalStatus>().ToDictionary(s => s, s => New() with { Status = s, StatusAt = longAgo });
        var fresh = New() with { Status = ProposalStatus.Rejected, StatusAt = justNow };

        foreach (var proposal in old.Values.Append(fresh))
        {
            await Store.TryAddAsync(proposal, Cancellation);
        }

        var listed = await Store.ListUnsettledAsync(_tenant, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(
            old.Values.Where(p => p.IsOpen).Append(fresh).Select(p => p.Id.Value).Order(StringComparer.Ordinal),
            listed.Select(p => p.Item.Id.Value));
    }

    [Fact]
    public async Task ListUnsettledAsync_ListedVersion_IsGoodForAnUpdate()
    {
        await Store.TryAddAsync(New(), Cancellation);

        var listed = Assert.Single(await Store.ListUnsettledAsync(_tenant, Cancellation).ToListAsync(Cancellation));

        Assert.NotNull(await Store.TryUpdateAsync(listed, listed.Item.Expire(Samples.Now), Cancellation));
    }

    private Proposal New(Guid? userId = null) => Samples.NewProposal(_tenant, userId);

    private Task<List<Proposal>> AllAsync(ProposalStatus? status, int top) =>
        Paging.AllAsync(top, token => Store.ListAsync(_tenant, status, top, token, Cancellation));

    private async Task<Versioned<Proposal>> AddAsync(Proposal proposal)
    {
        await Store.TryAddAsync(proposal, Cancellation);
        return (await Store.FindAsync(_tenant, proposal.Id, Cancellation))!;
    }
}
