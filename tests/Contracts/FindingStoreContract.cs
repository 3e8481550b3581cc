using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.Contracts;

public abstract class FindingStoreContract
{
    private static readonly ScanId First = ScanId.At(Samples.Now);
    private static readonly ScanId Second = ScanId.At(Samples.Now.AddHours(1));

    private readonly TenantId _tenant = Samples.NewTenantId();

    private Scan FirstScan => Samples.NewScan(_tenant);

    private Scan SecondScan => Samples.NewScan(_tenant, Samples.Now.AddHours(1));

    public static TheoryData<string> BadTokens => Paging.BadTokens;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IFindingStore Store { get; }

    [Fact]
    public async Task FindAsync_Missing_ReturnsNull() =>
        Assert.Null(await Store.FindAsync(_tenant, Guid.NewGuid(), Cancellation));

    [Fact]
    public async Task SaveAsync_BigAndOdd_IsFoundAsItWas()
    {
        var finding = New() with { WasCloudManaged = true };
        finding = finding with
        {
            User = finding.User with { DisplayName = Samples.OddText, Anchor = new(Samples.OddText), ProxyAddresses = Samples.ManyAddresses() },
        };

        await Store.SaveAsync(_tenant, [finding], Cancellation);

        JsonAssert.Same(finding, await Store.FindAsync(_tenant, finding.User.Id, Cancellation));
    }

    [Fact]
    public async Task SaveAsync_ManyBigOnes_AreAllKept()
    {
        // Together they are more than one transaction of the table service takes, 4 MiB.
        var findings = Enumerable.Range(0, 150).Select(_ => New()).Select(f => f with
        {
            User = f.User with { ProxyAddresses = [.. Samples.ManyAddresses(), .. Samples.ManyAddresses()] },
        }).ToList();

        await Store.SaveAsync(_tenant, findings, Cancellation);

        Assert.Equal(150, (await AllAsync(FirstScan, null, 100)).Count);
    }

    [Fact]
    public async Task SaveAsync_SameUserTwice_KeepsTheFirst()
    {
        var finding = New();

        await Store.SaveAsync(_tenant, [finding, finding with { WasCloudManaged = true }], Cancellation);

        JsonAssert.Same(finding, await Store.FindAsync(_tenant, finding.User.Id, Cancellation));
    }

    [Fact]
    public async Task SaveAsync_Again_TakesThePlaceOfTheEarlierFinding()
    {
        var before = New();
        var after = before with { Scan = Second, Assessment = Samples.NewAssessment(Classification.AnchorInUse) };
        await Store.SaveAsync(_tenant, [before], Cancellation);

        await Store.SaveAsync(_tenant, [after], Cancellation);

        JsonAssert.Same(after, await Store.FindAsync(_tenant, before.User.Id, Cancellation));
    }

    [Theory]
    [InlineData(3)]
    [InlineData(25)]
    public async Task FindManyAsync_SomeExist_ReturnsThoseOnly(int existing)
    {
        var findings = Enumerable.Range(0, existing).Select(_ => New()).ToList();
        await Store.SaveAsync(_tenant, [.. findings, New()], Cancellation);

        var found = await Store.FindManyAsync(
            _tenant, [.. findings.Select(f => f.User.Id), Guid.NewGuid()], Cancellation);

        Assert.Equal(findings.Select(f => f.User.Id).Order(), found.Select(f => f.User.Id).Order());
    }

    [Fact]
    public async Task ListAsync_InPages_FollowsUserIdsAndLeavesNoneOut()
    {
        var findings = Enumerable.Range(0, 7).Select(_ => New()).ToList();
        await Store.SaveAsync(_tenant, findings, Cancellation);

        var listed = await AllAsync(FirstScan, null, 3);

        Assert.Equal(
            findings.Select(f => f.User.Id.ToString()).Order(StringComparer.Ordinal), listed.Select(f => f.User.Id.ToString()));
    }

    [Fact]
    public async Task ListAsync_LaterScanFoundTheUserAgain_LeavesTheEarlierScan()
    {
        var (again, gone) = (New(), New());
        await Store.SaveAsync(_tenant, [again, gone], Cancellation);
        await Store.SaveAsync(_tenant, [again with { Scan = Second }], Cancellation);

        Assert.Equal([gone.User.Id], (await AllAsync(FirstScan, null, 10)).Select(f => f.User.Id));
        Assert.Equal([again.User.Id], (await AllAsync(SecondScan, null, 10)).Select(f => f.User.Id));
    }

    [Fact]
    public async Task ListAsync_OfOneClassification_LeavesTheOthersOut()
    {
        var guests = Enumerable.Range(0, 3).Select(_ => New(Classification.Guest)).ToList();
        await Store.SaveAsync(_tenant, [.. guests, New(), New(Classification.Privileged)], Cancellation);

        var listed = await AllAsync(FirstScan, Classification.Guest, 2);

        Assert.Equal(guests.Select(f => f.User.Id).Order(), listed.Select(f => f.User.Id).Order());
    }

    [Fact]
    public async Task ListAsync_AnotherTenantsScan_IsEmpty()
    {
        var other = Samples.NewTenantId();
        await Store.SaveAsync(other, [Samples.NewFinding(other, First)], Cancellation);

        Assert.Empty(await AllAsync(FirstScan, null, 10));
    }

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task ListAsync_TokenThatIsNone_Throws(string token) =>
        await Assert.ThrowsAsync<InvalidContinuationException>(
            () => Store.ListAsync(FirstScan, null, 2, token, Cancellation));

    [Fact]
    public async Task ListCandidatesAsync_OfAScan_NamesItsCandidatesOnly()
    {
        var candidates = Enumerable.Range(0, 3).Select(_ => New()).ToList();
        var later = New() with { Scan = Second };
        await Store.SaveAsync(_tenant, [.. candidates, later, New(Classification.NoPartner)], Cancellation);

        var listed = await Store.ListCandidatesAsync(FirstScan, Cancellation).ToListAsync(Cancellation);

        Assert.Equal(candidates.Select(f => f.User.Id).Order(), listed.Order());
    }

    [Fact]
    public async Task List_ScanStartedOver_LeavesOutWhoWasNotSeenAgain()
    {
        var (again, gone) = (New(), New());
        await Store.SaveAsync(_tenant, [again, gone], Cancellation);
        var restarted = FirstScan.Rewind(Samples.Now);
        await Store.SaveAsync(_tenant, [again with { Pass = 1 }], Cancellation);

        Assert.Equal([again.User.Id], (await AllAsync(restarted, null, 10)).Select(f => f.User.Id));
        Assert.Equal([again.User.Id], await Store.ListCandidatesAsync(restarted, Cancellation).ToListAsync(Cancellation));
    }

    private Finding New(Classification classification = Classification.Candidate) =>
        Samples.NewFinding(_tenant, First, classification: classification);

    private Task<List<Finding>> AllAsync(Scan scan, Classification? classification, int top) =>
        Paging.AllAsync(top, token => Store.ListAsync(scan, classification, top, token, Cancellation));
}
