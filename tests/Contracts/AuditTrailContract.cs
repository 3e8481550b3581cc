using Reanchor.Auditing;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.Contracts;

public abstract class AuditTrailContract
{
    private readonly TenantId _tenant = Samples.NewTenantId();

    public static TheoryData<string> BadTokens => Paging.BadTokens;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IAuditTrail Trail { get; }

    [Fact]
    public async Task ListAsync_NothingHappened_IsEmpty() => Assert.Empty(await ListAsync(new(_tenant)));

    [Fact]
    public async Task AppendAsync_BigAndOdd_IsKeptAsToldWithItsHash()
    {
        var told = new MessagePoisoned(At(Samples.Now) with { Reason = Samples.OddText })
        {
            Queue = Samples.OddText,
            Message = string.Join('\n', Samples.ManyAddresses()),
        };

        await Trail.AppendAsync(told, Cancellation);

        var entry = Assert.Single(await ListAsync(new(_tenant)));
        JsonAssert.Same(Samples.AuditStamp.Put(AuditEntry.Of(told)), entry);
        Assert.Equal(entry.Hash, entry.ComputeHash());
    }

    [Fact]
    public async Task AppendAsync_SameEventTwice_IsOneRowAsFirstTold()
    {
        await Trail.AppendAsync(new ScanFailed(At(Samples.Now) with { Reason = "first" }), Cancellation);

        await Trail.AppendAsync(new ScanFailed(At(Samples.Now) with { Reason = "second" }), Cancellation);

        Assert.Equal("first", Assert.Single(await ListAsync(new(_tenant))).Reason);
    }

    [Fact]
    public async Task AppendAsync_SeveralAtOneInstant_AreAllKept()
    {
        await AppendAsync(Samples.Now, Guid.NewGuid());
        await AppendAsync(Samples.Now, Guid.NewGuid());
        await Trail.AppendAsync(new ProposalExpired(At(Samples.Now)), Cancellation);

        Assert.Equal(3, (await ListAsync(new(_tenant))).Count);
    }

    [Fact]
    public async Task ListAsync_AcrossMonthsInPages_ListsNewestFirst()
    {
        DateTimeOffset[] times =
        [
            new(2025, 12, 31, 23, 59, 59, TimeSpan.Zero),
            new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
            new(2026, 9, 30, 12, 0, 0, TimeSpan.Zero),
            new(2026, 10, 1, 1, 0, 0, TimeSpan.FromHours(2)), // still September in UTC
            new(2026, 10, 1, 0, 0, 0, TimeSpan.Zero),
            Samples.Now,
            Samples.Now.AddTicks(1),
        ];

        foreach (var time in times.Order().Reverse().Chunk(2).SelectMany(pair => pair.Reverse()))
        {
            await AppendAsync(time);
        }

        var listed = await ListAsync(new(_tenant));

        Assert.Equal(times.OrderDescending(), listed.Select(e => e.At));
    }

    [Theory]
    [InlineData("2026-10-01T00:00:00Z", "2026-11-01T00:00:00Z", "2026-10-31,2026-10-01")]
    [InlineData("2026-10-31T00:00:00Z", "2026-10-31T00:00:00Z", "")]
    [InlineData("2026-10-31T00:00:00Z", "2026-10-31T00:00:00.0000001Z", "2026-10-31")]
    [InlineData("2026-10-31T02:00:00+02:00", "2026-11-01T02:00:00+02:00", "2026-10-31")]
    [InlineData("2026-10-31T00:00:00.0000001Z", null, "2026-11-01")]
    [InlineData(null, "2026-10-01T00:00:00Z", "2026-09-30")]
    [InlineData("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z", "2026-11-01,2026-10-31,2026-10-01,2026-09-30")]
    [InlineData(null, "0001-01-01T00:00:00Z", "")]
    [InlineData("9999-12-31T23:59:59.9999999Z", null, "")]
    public async Task ListAsync_Period_TakesFromInAndToOut(string? from, string? to, string expected)
    {
        foreach (var day in (string[])["2026-09-30", "2026-10-01", "2026-10-31", "2026-11-01"])
        {
            await AppendAsync(Time(day + "T00:00:00Z")!.Value);
        }

        var listed = await ListAsync(new(_tenant, Time(from), Time(to)));

        Assert.Equal(expected, string.Join(',', listed.Select(e => e.At.ToString("yyyy-MM-dd", null))));
    }

    [Fact]
    public async Task ListAsync_OfOneUser_LeavesTheOthersOut()
    {
        var ann = Guid.NewGuid();
        await AppendAsync(Samples.Now, ann);
        await AppendAsync(Samples.Now.AddMonths(-2), ann);
        await AppendAsync(Samples.Now, Guid.NewGuid());
        await AppendAsync(Samples.Now.AddMinutes(1));

        var listed = await ListAsync(new(_tenant, UserId: ann));

        Assert.Equal([Samples.Now, Samples.Now.AddMonths(-2)], listed.Select(e => e.At));
        Assert.All(listed, e => Assert.Equal(ann, e.UserId));
    }

    [Fact]
    public async Task ListAsync_AnotherTenant_ShowsNothing()
    {
        await AppendAsync(Samples.Now);

        Assert.Empty(await ListAsync(new(Samples.NewTenantId())));
    }

    [Theory]
    [MemberData(nameof(BadTokens))]
    public async Task ListAsync_TokenThatIsNone_Throws(string token) =>
        await Assert.ThrowsAsync<InvalidContinuationException>(() => Trail.ListAsync(new(_tenant), 2, token, Cancellation));

    [Fact]
    public async Task ListAsync_OfOneTypeOrActor_LeavesTheOthersOut()
    {
        await AppendAsync(Samples.Now);
        await Trail.AppendAsync(new ScanFailed(new(_tenant, Samples.Now, Samples.Anton)), Cancellation);

        Assert.Equal("ScanFailed", Assert.Single(await ListAsync(new(_tenant, Type: "ScanFailed"))).Type);
        Assert.Equal(Samples.Olga.Id, Assert.Single(await ListAsync(new(_tenant, ActorId: Samples.Olga.Id))).Actor.Id);
        Assert.Empty(await ListAsync(new(_tenant, Type: "ScanFailed", ActorId: Samples.Olga.Id)));
    }

    [Fact]
    public async Task ReadAsync_AsAppended_YieldsEveryEventAsReanchorWroteIt()
    {
        await Trail.AppendAsync(
            new MessagePoisoned(At(Samples.Now) with { Reason = Samples.OddText }) { Queue = Samples.OddText, Message = string.Join('\n', Samples.ManyAddresses()) },
            Cancellation);
        await AppendAsync(Samples.Now.AddMonths(-3));
        await AppendAsync(new(2026, 10, 1, 1, 0, 0, TimeSpan.FromHours(2)));

        var rows = await Trail.ReadAsync(_tenant, null, Cancellation).ToListAsync(Cancellation);

        Assert.Equal((await ListAsync(new(_tenant))).Select(e => (EventKey?)EventKey.Of(e)), rows.Select(r => r.Key));
        Assert.All(rows, r => Assert.True(Samples.AuditStamp.Fits(r.Entry!)));
        Assert.Single(await Trail.ReadAsync(_tenant, Samples.Now, Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task ListTenantsAsync_TenantsWithATrail_AreListedOnce()
    {
        await AppendAsync(Samples.Now);
        await AppendAsync(Samples.Now.AddMonths(-3));
        await Trail.AppendAsync(new ScanFailed(new(default, Samples.Now, Samples.Olga)), Cancellation);

        var tenants = await Trail.ListTenantsAsync(Cancellation).ToListAsync(Cancellation);

        Assert.Single(tenants, t => t == _tenant);
        Assert.Single(tenants, t => t == default);
        Assert.DoesNotContain(Samples.NewTenantId(), tenants);
        Assert.Contains("ScanFailed", (await ListAsync(new(default))).Select(e => e.Type));
    }

    private static DateTimeOffset? Time(string? text) => text is null ? null : DateTimeOffset.Parse(text, null);

    private EventHeader At(DateTimeOffset time) => new(_tenant, time, Samples.Olga);

    private Task AppendAsync(DateTimeOffset time, Guid? userId = null) =>
        Trail.AppendAsync(new ProposalExpired(At(time) with { UserId = userId ?? Guid.NewGuid() }), Cancellation);

    private Task<List<AuditEntry>> ListAsync(AuditQuery query) =>
        Paging.AllAsync(2, token => Trail.ListAsync(query, 2, token, Cancellation));
}
