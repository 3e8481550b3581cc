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
            Assert.Single(await InventoryReader.ReadAsync(file, record, World.Cancellation).ToListAsync(World.Cancellation)));
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

    private Task<AcceptInventoryResult> AcceptAsync(TenantId tenant, CollectorId collector, string text) =>
        _world.Get<AcceptInventoryHandler>().HandleAsync(
            new(tenant, collector, new MemoryStream(Encoding.UTF8.GetBytes(text)), Gzip: false, Csv: null, Samples.Olga), World.Cancellation);

    private async Task<IReadOnlyList<InventoryRecord>> InForceAsync() =>
        [.. (await _world.Get<IInventoryStore>().ListAsync(_world.Tenant.Id, World.Cancellation)).Select(r => r.Item)];
}
