using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.Contracts;

public abstract class ScanStoreContract
{
    private readonly TenantId _tenant = Samples.NewTenantId();

    public static TheoryData<string> BadTokens => Paging.BadTokens;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IScanStore Store { get; }

    [Fact]
    public async Task FindAsync_Missing_ReturnsNull()
    {
        Assert.Null(await Store.FindAsync(_tenant, ScanId.At(Samples.Now), Cancellation));
        Assert.Null(await Store.FindLatestAsync(_tenant, Cancellation));
    }

    [Fact]
    public async Task TryStartAsync_NoneOpen_Starts()
    {
        var scan = Samples.NewScan(_tenant);

        var start = await Store.TryStartAsync(scan, null, Cancellation);

        Assert.Equal(ScanStartOutcome.Started, start.Outcome);
        JsonAssert.Same(scan, start.Scan);
        JsonAssert.Same(scan, await Store.FindLatestAsync(_tenant, Cancellation));
        JsonAssert.Same(scan, (await Store.FindAsync(_tenant, scan.Id, Cancellation))!.Item);
    }

    [Fact]
    public async Task TryStartAsync_OneOpen_AnswersWithIt()
    {
        var first = Samples.NewScan(_tenant);
        await Store.TryStartAsync(first, null, Cancellation);

        var second = await Store.TryStartAsync(Later(1), null, Cancellation);

        Assert.Equal(ScanStartOutcome.AlreadyRunning, second.Outcome);
        JsonAssert.Same(first, second.Scan);
        Assert.Null(await Store.FindAsync(_tenant, Later(1).Id, Cancellation));
    }

    [Fact]
    public async Task TryStartAsync_OpenInAnotherTenant_Starts()
    {
        await Store.TryStartAsync(Samples.NewScan(Samples.NewTenantId()), null, Cancellation);

        var start = await Store.TryStartAsync(Samples.NewScan(_tenant), null, Cancellation);

        Assert.Equal(ScanStartOutcome.Started, start.Outcome);
    }

    [Fact]
    public async Task TryStartAsync_EarlierOneEnded_Starts()
    {
        await StartAndEndAsync(Samples.NewScan(_tenant), null);

        var start = await Store.TryStartAsync(Later(1), null, Cancellation);

        Assert.Equal(ScanStartOutcome.Started, start.Outcome);
        JsonAssert.Same(Later(1), await Store.FindLatestAsync(_tenant, Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TryStartAsync_SameIdempotencyKey_AnswersWithTheFirstScanAsItIsNow(bool ended)
    {
        var first = Samples.NewScan(_tenant);
        await (ended ? StartAndEndAsync(first, Samples.OddText) : Store.TryStartAsync(first, Samples.OddText, Cancellation));

        var repeat = await Store.TryStartAsync(Later(1), Samples.OddText, Cancellation);

        Assert.Equal(ScanStartOutcome.StartedBefore, repeat.Outcome);
        Assert.Equal((first.Id, ended), (repeat.Scan.Id, repeat.Scan.HasEnded));
    }

    [Fact]
    public async Task TryStartAsync_KeyOfAnotherTenant_Starts()
    {
        await Store.TryStartAsync(Samples.NewScan(Samples.NewTenantId()), "key", Cancellation);

        var start = await Store.TryStartAsync(Samples.NewScan(_tenant), "key", Cancellation);

        Assert.Equal(ScanStartOutcome.Started, start.Outcome);
    }

    [Theory]
    [InlineData(null, ScanStartOutcome.AlreadyRunning)]
    [InlineData("key", ScanStartOutcome.StartedBefore)]
    public async Task TryStartAsync_ManyAtOnce_ExactlyOneStarts(string? key, ScanStartOutcome others)
    {
        var starts = await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(n => Task.Run(() => Store.TryStartAsync(Later(n), key, Cancellation), Cancellation)));

        var winner = Assert.Single(starts, s => s.Outcome is ScanStartOutcome.Started);
        Assert.Equal(7, starts.Count(s => s.Outcome == others && s.Scan.Id == winner.Scan.Id));
        Assert.Single(await AllAsync(10));
    }

    [Fact]
    public async Task TryUpdateAsync_EveryMember_IsKept()
    {
        var found = await StartAsync();
        var changed = found.Item.Begin(Samples.Now)
            .Advance(3, "https://graph.example/next?$skiptoken=" + Samples.OddText, 2500, [Classification.Candidate, Classification.Guest], Samples.Now)
            .WithoutServerFilter()
            .Spend(17)
            .Note(string.Join(' ', Samples.ManyAddresses()), Samples.Now);

        var updated = await Store.TryUpdateAsync(found, changed, Cancellation);

        JsonAssert.Same(changed, updated!.Item);
        JsonAssert.Same(changed, (await Store.FindAsync(_tenant, changed.Id, Cancellation))!.Item);
    }

    [Fact]
    public async Task TryUpdateAsync_SomeoneElseWroteFirst_ReturnsNullAndKeepsTheirs()
    {
        var stale = await StartAsync();
        var theirs = stale.Item.Begin(Samples.Now).Spend(1);
        await Store.TryUpdateAsync(stale, theirs, Cancellation);

        var ours = await Store.TryUpdateAsync(stale, stale.Item.Begin(Samples.Now).Spend(2), Cancellation);

        Assert.Null(ours);
        JsonAssert.Same(theirs, (await Store.FindAsync(_tenant, theirs.Id, Cancellation))!.Item);
    }

    [Fact]
    public async Task TryReopenAsync_Latest_IsOpenAgainAndKeepsOthersFromStarting()
    {
        var halted = await HaltAsync();
        var reopened = halted.Item.Resume(Resumption);

        Assert.True(await Store.TryReopenAsync(halted, reopened, Cancellation));

        JsonAssert.Same(reopened, (await Store.FindAsync(_tenant, reopened.Id, Cancellation))!.Item);
        Assert.Equal(ScanStartOutcome.AlreadyRunning, (await Store.TryStartAsync(Later(1), null, Cancellation)).Outcome);
    }

    [Fact]
    public async Task TryReopenAsync_LaterOneStarted_IsRefused()
    {
        var halted = await HaltAsync();
        await Store.TryStartAsync(Later(1), null, Cancellation);

        Assert.False(await Store.TryReopenAsync(halted, halted.Item.Resume(Resumption), Cancellation));

        JsonAssert.Same(halted.Item, (await Store.FindAsync(_tenant, halted.Item.Id, Cancellation))!.Item);
    }

    [Fact]
    public async Task TryReopenAsync_Twice_OneWins()
    {
        var halted = await HaltAsync();
        var reopened = halted.Item.Resume(Resumption);

        Assert.True(await Store.TryReopenAsync(halted, reopened, Cancellation));
        Assert.False(await Store.TryReopenAsync(halted, reopened, Cancellation));
    }

    [Fact]
    public async Task TryReopenAsync_WhileAnotherStarts_OneOfThemIsOpen()
    {
        var halted = await HaltAsync();

        var reopening = Task.Run(() => Store.TryReopenAsync(halted, halted.Item.Resume(Resumption), Cancellation), Cancellation);
        var starts = await Task.WhenAll(Enumerable.Range(1, 4)
            .Select(n => Task.Run(() => Store.TryStartAsync(Later(n), null, Cancellation), Cancellation)));

        Assert.Equal(await reopening ? 0 : 1, starts.Count(s => s.Outcome is ScanStartOutcome.Started));
        Assert.Single(await AllAsync(10), s => !s.HasEnded);
    }

    [Fact]
    public async Task ListAsync_InPages_ListsNewestFirst()
    {
        for (var n = 0; n < 5; n++)
        {
            await StartAndEndAsync(Later(n), $"key {n}");
        }

        var listed = await AllAsync(2);

        Assert.Equal(Enumerable.Range(0, 5).Reverse().Select(n => Later(n).Id), listed.Select(s => s.Id));
    }

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task ListAsync_TokenThatIsNone_Throws(string token) =>
        await Assert.ThrowsAsync<InvalidContinuationException>(() => Store.ListAsync(_tenant, 2, token, Cancellation));

    private static ScanResumption Resumption => new(Samples.Anton, Samples.Now.AddHours(1), Samples.OddText);

    private Scan Later(int minutes) => Samples.NewScan(_tenant, Samples.Now.AddMinutes(minutes));

    private Task<List<Scan>> AllAsync(int top) => Paging.AllAsync(top, token => Store.ListAsync(_tenant, top, token, Cancellation));

    private async Task<Versioned<Scan>> StartAsync()
    {
        await Store.TryStartAsync(Samples.NewScan(_tenant), null, Cancellation);
        return (await Store.FindAsync(_tenant, ScanId.At(Samples.Now), Cancellation))!;
    }

    private async Task<Versioned<Scan>> HaltAsync()
    {
        var found = await StartAsync();
        return (await Store.TryUpdateAsync(
            found, found.Item.Begin(Samples.Now).Halt(new(HaltKind.Cap, "Too many."), Samples.Now), Cancellation))!;
    }

    private async Task<ScanStart> StartAndEndAsync(Scan scan, string? key)
    {
        var start = await Store.TryStartAsync(scan, key, Cancellation);
        var found = await Store.FindAsync(scan.Tenant, scan.Id, Cancellation);
        await Store.TryUpdateAsync(found!, found!.Item.Begin(Samples.Now).Complete(null, Samples.Now), Cancellation);
        return start;
    }
}
