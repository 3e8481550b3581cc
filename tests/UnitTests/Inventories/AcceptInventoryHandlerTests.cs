using System.Text;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Inventories;

public sealed class AcceptInventoryHandlerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_Good_IsInForceArchivedAndOnRecord()
    {
        await _world.RegisterAsync();

        var record = await _world.UploadAsync(Samples.AnnsAccount);

        JsonAssert.Same(record, Assert.Single(await InForceAsync()));
        await using var file = await _world.Archive.OpenAsync(record, World.Cancellation);
        JsonAssert.Same(
            Samples.AnnsAccount,
            Assert.Single(await InventoryReader.ReadAsync(file!, record, World.Cancellation).ToListAsync(World.Cancellation)));
        Assert.Single(_world.Audit.Types, nameof(InventoryAccepted));
    }

    [Theory]
    [InlineData("")]
    [InlineData("junk\n")]
    [InlineData("{\"kind\":\"inventory\",\"version\":1,\"forest\":\"corp.example\",\"takenAt\":\"2026-11-22T08:59:59Z\"}\n")]
    public async Task HandleAsync_Bad_IsRefusedOnRecordAndTheOneBeforeStaysInForce(string text)
    {
        await _world.RegisterAsync();
        var before = await _world.UploadAsync(Samples.AnnsAccount);

        var result = await AcceptAsync(_world.Tenant.Id, Samples.Corp, text);

        Assert.Equal(AcceptInventoryOutcome.Refused, result.Outcome);
        Assert.NotEmpty(result.Problems);
        JsonAssert.Same(before, Assert.Single(await InForceAsync()));
        Assert.Single(_world.Audit.Types, nameof(InventoryRefused));
    }

    [Fact]
    public async Task HandleAsync_ShrankTooFar_IsRefusedAndTheOneBeforeStaysInForce()
    {
        await _world.RegisterAsync();
        var before = await _world.UploadAsync([.. Enumerable.Range(0, 10).Select(_ => new DirectoryAccount { ObjectGuid = Guid.NewGuid() })]);
        _world.Clock.Advance(TimeSpan.FromHours(1));

        var text = $$"""
            {"kind":"inventory","version":1,"forest":"corp.example","takenAt":"2026-11-22T10:00:00Z"}
            {"objectGuid":"{{Guid.NewGuid()}}"}
            {"kind":"end","count":1}

            """;
        var result = await AcceptAsync(_world.Tenant.Id, Samples.Corp, text.ReplaceLineEndings("\n"));

        Assert.Equal(AcceptInventoryOutcome.Refused, result.Outcome);
        Assert.Contains("90 % fewer", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
        JsonAssert.Same(before, Assert.Single(await InForceAsync()));
    }

    [Fact]
    public async Task HandleAsync_NotExpected_IsTurnedAwayUnread()
    {
        await _world.RegisterAsync();

        Assert.Equal(
            AcceptInventoryOutcome.TenantNotFound, (await AcceptAsync(Samples.NewTenantId(), Samples.Corp, "junk\n")).Outcome);
        Assert.Equal(
            AcceptInventoryOutcome.CollectorNotExpected,
            (await AcceptAsync(_world.Tenant.Id, CollectorId.Parse("emea", null), "junk\n")).Outcome);
        Assert.Empty(await InForceAsync());
    }

    [Fact]
    public async Task HandleAsync_SeveralRulesBroken_NamesEachAndKeepsTheRefusal()
    {
        await _world.RegisterAsync();
        await _world.UploadAsync([.. Enumerable.Range(0, 10).Select(_ => new DirectoryAccount { ObjectGuid = Guid.NewGuid() })]);
        var twin = Guid.NewGuid();
        _world.Clock.Advance(TimeSpan.FromDays(3));

        var result = await AcceptAsync(
            _world.Tenant.Id,
            Samples.Corp,
            Text(
                """{"kind":"inventory","version":1,"forest":"corp.example","takenAt":"2026-11-22T10:00:00Z"}""",
                $$"""{"objectGuid":"{{Guid.NewGuid()}}","consistencyGuid":"{{twin}}"}""",
                $$"""{"objectGuid":"{{Guid.NewGuid()}}","consistencyGuid":"{{twin}}"}""",
                """{"kind":"end","count":3}"""));

        string[] expected =
        [
            "line 3: the anchor (mS-DS-ConsistencyGuid, or objectGUID where that is empty) is that of line 2 already; two accounts cannot share an anchor",
            "line 4: the end line counts 3 accounts, but 2 are listed",
            "It is 71 hours old; this tenant allows 24.",
            "It lists 2 accounts outside the recycle bin, 80 % fewer than the 10 of the one in force",
        ];
        var refused = Assert.Single(await RefusalsAsync());
        Assert.Equal(expected.Length, result.Problems.Count);
        Assert.All(expected.Zip(result.Problems), e => Assert.StartsWith(e.First, e.Second.ToString(), StringComparison.Ordinal));
        Assert.Equal(result.Problems.Select(p => p.ToString()), refused.Problems);
        Assert.Equal((2, "corp.example"), (refused.Count, refused.Forest));
        Assert.Equal(new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero), refused.TakenAt);
        Assert.Equal(10, Assert.Single(await InForceAsync()).Count);
    }

    [Fact]
    public async Task HandleAsync_CutOff_KeepsWhatIsKnownOfIt()
    {
        await _world.RegisterAsync();

        await AcceptAsync(
            _world.Tenant.Id,
            Samples.Corp,
            Text(
                """{"kind":"inventory","version":1,"forest":"corp.example","takenAt":"2026-11-22T08:00:00Z"}""",
                $$"""{"objectGuid":"{{Guid.NewGuid()}}"}"""));

        var refused = Assert.Single(await RefusalsAsync());
        Assert.Contains("was cut off", Assert.Single(refused.Problems), StringComparison.Ordinal);
        Assert.NotNull(refused.TakenAt);
        Assert.Null(refused.Count);
    }

    [Fact]
    public async Task HandleAsync_SentAgain_IsAcceptedAgainAndToldOnce()
    {
        await _world.RegisterAsync();
        var text = Text(
            """{"kind":"inventory","version":1,"forest":"corp.example","takenAt":"2026-11-22T08:00:00Z"}""",
            $$"""{"objectGuid":"{{Guid.NewGuid()}}"}""",
            """{"kind":"end","count":1}""");
        var first = await AcceptAsync(_world.Tenant.Id, Samples.Corp, text);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));

        var second = await AcceptAsync(_world.Tenant.Id, Samples.Corp, text);

        Assert.Equal(AcceptInventoryOutcome.Accepted, second.Outcome);
        JsonAssert.Same(first.Record, second.Record);
        Assert.Single(_world.Audit.Types, nameof(InventoryAccepted));
        Assert.Empty(await RefusalsAsync());
    }

    [Fact]
    public async Task HandleAsync_SentAgainAfterItsFileWasDeleted_IsInTheArchiveAgain()
    {
        await _world.RegisterAsync();
        var record = await _world.UploadAsync(Samples.AnnsAccount);
        _world.Archive.Delete(record);

        await _world.UploadAsync(Samples.AnnsAccount);

        await using var file = await _world.Archive.OpenAsync(record, World.Cancellation);
        Assert.Single(await InventoryReader.ReadAsync(file!, record, World.Cancellation).ToListAsync(World.Cancellation));
    }

    [Fact]
    public async Task HandleAsync_Good_KeepsHowManyAreDeletedAndHowManyHaveAnAnchor()
    {
        await _world.RegisterAsync();

        var record = await _world.UploadAsync(
            Samples.AnnsAccount with { ConsistencyGuid = Guid.NewGuid() },
            new() { ObjectGuid = Guid.NewGuid() },
            new() { ObjectGuid = Guid.NewGuid(), ConsistencyGuid = Guid.NewGuid(), Deleted = true });

        Assert.Equal((3, 1, 1), (record.Count, record.Deleted, record.Anchored));
    }

    [Fact]
    public async Task HandleAsync_SentAgainAfterTheAnchorAttributeChanged_IsRefused()
    {
        await _world.RegisterAsync(tenant => tenant with { AnchorAttribute = AnchorAttribute.Parse("extensionAttribute1", null) });
        var text = Text(
            """{"kind":"inventory","version":1,"forest":"corp.example","takenAt":"2026-11-22T08:00:00Z","anchorAttribute":"extensionAttribute1"}""",
            $$"""{"objectGuid":"{{Guid.NewGuid()}}","customAnchor":"E1001"}""",
            """{"kind":"end","count":1}""");
        var first = await AcceptAsync(_world.Tenant.Id, Samples.Corp, text);
        await _world.RegisterAsync(tenant => tenant with { AnchorAttribute = AnchorAttribute.Parse("employeeID", null) });

        var second = await AcceptAsync(_world.Tenant.Id, Samples.Corp, text);

        Assert.Equal("extensionAttribute1", first.Record!.AnchorAttribute);
        Assert.Equal(AcceptInventoryOutcome.Refused, second.Outcome);
        Assert.StartsWith(
            "It was read for the anchor attribute extensionAttribute1, and this tenant's is employeeID.",
            second.Problems[0].Message,
            StringComparison.Ordinal);
    }

    private static string Text(params string[] lines) => string.Concat(lines.Select(l => l + "\n"));

    private Task<IReadOnlyList<RefusedInventory>> RefusalsAsync() =>
        _world.Get<IInventoryStore>().ListRefusalsAsync(_world.Tenant.Id, Samples.Corp, 10, World.Cancellation);

    private Task<AcceptInventoryResult> AcceptAsync(TenantId tenant, CollectorId collector, string text) =>
        _world.Get<AcceptInventoryHandler>().HandleAsync(
            new(tenant, collector, new MemoryStream(Encoding.UTF8.GetBytes(text)), Gzip: false, Csv: null, Samples.Olga), World.Cancellation);

    private async Task<IReadOnlyList<InventoryRecord>> InForceAsync() =>
        [.. (await _world.Get<IInventoryStore>().ListAsync(_world.Tenant.Id, World.Cancellation)).Select(r => r.Item)];
}
