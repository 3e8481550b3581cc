using System.Text.Json;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Json;
using Reanchor.Maintenance;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.UnitTests.Maintenance;

public sealed class RecordPoisonHandlerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("not JSON")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("""{"tenant":"nobody","scan":42,"proposal":null}""")]
    [InlineData("""{"tenant":"00000000-0000-0000-0000-000000000000"}""")]
    [InlineData("""{"tenant":{"a":1},"scan":[],"proposal":true}""")]
    [InlineData("""{"tenant":"\ud800","scan":"\udfff"}""")]
    [InlineData("{\"tenant\":\"11111111-1111-4111-8111-111111111111\"")]
    [InlineData(Samples.OddText)]
    public async Task HandleAsync_Junk_IsOnRecordUnderTheEmptyTenant(string message)
    {
        await HandleAsync(QueueNames.Scans, message);

        var told = Assert.Single(_world.Audit.Entries);
        Assert.Equal((nameof(MessagePoisoned), default), (told.Type, told.Tenant));
        Assert.Equal(message, told.Details.GetProperty("message").GetString());
        Assert.Equal(QueueNames.Scans, told.Details.GetProperty("queue").GetString());
    }

    [Fact]
    public async Task HandleAsync_DeeplyNestedJunk_IsOnRecord()
    {
        await HandleAsync(QueueNames.Clears, new string('[', 10_000));

        Assert.Single(_world.Audit.Types, nameof(MessagePoisoned));
    }

    [Fact]
    public async Task HandleAsync_SameCommandFromAnotherJourney_IsTheSameItem()
    {
        var proposal = await _world.GivenApprovedAsync();
        var command = new ApplyClear(proposal.Tenant, proposal.Id);

        await HandleAsync(QueueNames.Clears, Json(command));
        await HandleAsync(QueueNames.Clears, Json(command with
        {
            Due = Samples.Now,
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            Deferral = new(3, Samples.Now),
        }));

        Assert.Equal(Json(command), Assert.Single((await _world.Poison.ListAsync(proposal.Tenant, null, 10, null, World.Cancellation)).Items).Message);
    }

    [Fact]
    public async Task HandleAsync_Clear_IsOnRecordWithTenantUserAndProposal()
    {
        var proposal = await _world.GivenApprovedAsync();

        await HandleAsync(QueueNames.Clears, Json(new ApplyClear(proposal.Tenant, proposal.Id)));

        var told = Assert.Single(_world.Audit.Entries, e => e.Type == nameof(MessagePoisoned));
        Assert.Equal((proposal.Tenant, proposal.UserId, proposal.Id), (told.Tenant, told.UserId, told.Proposal));
        Assert.Equal(ProposalStatus.Approved, (await _world.LatestAsync()).Status);
        _world.AssertNothingWritten();
    }

    [Fact]
    public async Task HandleAsync_Scan_FailsItWithItsLastFault()
    {
        await _world.GivenAnnAsync();
        var command = await _world.RequestScanAsync();
        _world.Directory.BeforeTenantFacts = FakeDirectory.Down;
        await Assert.ThrowsAsync<DirectoryUnavailableException>(
            () => _world.Get<ScanTenantHandler>().HandleAsync(command, World.Cancellation));

        await HandleAsync(QueueNames.Scans, Json(command));

        var scan = await _world.ScanAsync(command.Scan);
        Assert.Equal((ScanStatus.Failed, "Graph answered 503: try later"), (scan.Status, scan.Fault));
        Assert.Equal([nameof(MessagePoisoned), nameof(ScanFailed)], _world.Audit.Types.TakeLast(2));
    }

    [Fact]
    public async Task HandleAsync_ScanWithoutAFault_FailsItAndPointsToTheLog()
    {
        await _world.GivenAnnAsync();
        var command = await _world.RequestScanAsync();

        await HandleAsync(QueueNames.Scans, Json(command));

        Assert.Contains("function log", (await _world.ScanAsync(command.Scan)).Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_ScanFailed_LetsTheNextOneStart()
    {
        await _world.GivenAnnAsync();
        await HandleAsync(QueueNames.Scans, Json(await _world.RequestScanAsync()));

        var next = await _world.ScanAsync();

        Assert.Equal(ScanStatus.Completed, next.Status);
    }

    [Fact]
    public async Task HandleAsync_ScanThatEnded_StaysAsItEnded()
    {
        await _world.GivenAnnAsync();
        var scan = await _world.ScanAsync();

        await HandleAsync(QueueNames.Scans, Json(new ScanTenant(scan.Tenant, scan.Id)));

        Assert.Equal(ScanStatus.Completed, (await _world.ScanAsync(scan.Id)).Status);
    }

    [Fact]
    public async Task HandleAsync_ScanIdsOnAnotherQueue_FailNoScan()
    {
        await _world.GivenAnnAsync();
        var command = await _world.RequestScanAsync();

        await HandleAsync(QueueNames.Candidates, Json(new ProposeClear(command.Tenant, command.Scan, Samples.Ann.Id)));

        Assert.Equal(ScanStatus.Queued, (await _world.ScanAsync(command.Scan)).Status);
    }

    [Fact]
    public async Task HandleAsync_UnknownTenantsScan_IsOnRecordOnly()
    {
        var tenant = Samples.NewTenantId();

        await HandleAsync(QueueNames.Scans, Json(new ScanTenant(tenant, ScanId.At(Samples.Now))));

        Assert.Equal(tenant, Assert.Single(_world.Audit.Entries).Tenant);
    }

    private static string Json<T>(T command) => JsonSerializer.Serialize(command, ReanchorJson.Options);

    private Task HandleAsync(string queue, string message) =>
        _world.Get<RecordPoisonHandler>().HandleAsync(queue, message, World.Cancellation);
}
