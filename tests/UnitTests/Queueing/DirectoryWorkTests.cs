using System.Text.Json;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Json;
using Reanchor.Maintenance;
using Reanchor.Poison;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.UnitTests.Queueing;

/// <summary>A busy directory keeps commands waiting in their queues, and not for ever.</summary>
public sealed class DirectoryWorkTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task RunAsync_DirectoryBusy_SendsACopyForWhenItWantsIt()
    {
        await _world.GivenAnnAsync();
        var command = await _world.RequestScanAsync();
        _world.Directory.BeforeTenantFacts = () => FakeDirectory.Busy(TimeSpan.FromSeconds(90));

        await ScanAsync(command);

        var sent = Assert.Single(_world.Queue.Sent);
        Assert.Equal((command with { Deferral = new(1, _world.Clock.GetUtcNow()) }, TimeSpan.FromSeconds(90)), (sent.Command, sent.Delay));
        Assert.Equal((ScanStatus.Running, "Graph answered 429: slow down"), ((await _world.ScanAsync(command.Scan)).Status, (await _world.ScanAsync(command.Scan)).Fault));
    }

    [Fact]
    public async Task RunAsync_DirectoryBusyAgainAndAgain_WaitsLongerEachTimeUntilPatienceIsOver()
    {
        await _world.GivenAnnAsync();
        var command = await _world.RequestScanAsync();
        _world.Directory.BeforeTenantFacts = () => FakeDirectory.Busy(TimeSpan.FromSeconds(3));
        var started = _world.Clock.GetUtcNow();
        var delays = new List<double>();

        while (_world.Clock.GetUtcNow() - started < Deferral.Patience)
        {
            await ScanAsync(command);
            var sent = Assert.Single(_world.Queue.Sent);
            delays.Add(sent.Delay.TotalSeconds);
            _world.Clock.Advance(sent.Delay);
            command = Assert.Single(_world.Queue.Take<ScanTenant>());
        }

        Assert.Equal([3, 3, 3, 3, 3, 3.1, 3.8, 4.8, 6], delays.Take(9).Select(d => Math.Round(d, 1)));
        Assert.Equal(300, delays[^1]);
        Assert.InRange(delays.Count, 30, 40);
        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => ScanAsync(command));
        Assert.Empty(_world.Queue.Sent);

        // What the host makes of it after its own retries.
        await _world.Get<RecordPoisonHandler>().HandleAsync(
            QueueNames.Scans, Text(command), World.Cancellation);
        var scan = await _world.ScanAsync(command.Scan);
        Assert.Equal((ScanStatus.Failed, "Graph answered 429: slow down"), (scan.Status, scan.Fault));

        // Sent back, it would wait anew.
        var item = Assert.Single((await _world.Poison.ListAsync(_world.Tenant.Id, PoisonStatus.Waiting, 10, null, World.Cancellation)).Items);
        Assert.Equal(Text(new ScanTenant(command.Tenant, command.Scan)), item.Message);
    }

    [Fact]
    public async Task RunAsync_DirectoryBroken_LeavesItToTheHost()
    {
        await _world.GivenAnnAsync();
        var command = await _world.RequestScanAsync();
        _world.Directory.BeforeTenantFacts = FakeDirectory.Down;

        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => ScanAsync(command));

        Assert.Empty(_world.Queue.Sent);
    }

    [Fact]
    public async Task RunAsync_ScanGotOnBeforeTheDirectoryWasBusy_CountsItsWaitAnew()
    {
        await _world.GivenAnnAsync();
        _world.Directory.PageSize = 1;
        _world.Scanning.BatchSize = 1;
        _world.Directory.Put(_world.Tenant.Id, Samples.Ann with { Id = Guid.NewGuid() });
        var command = await _world.RequestScanAsync();
        _world.Directory.BeforePage = link =>
        {
            if (link is not null)
            {
                FakeDirectory.Busy(TimeSpan.FromSeconds(20));
            }
        };

        await ScanAsync(command with { Deferral = new(7, _world.Clock.GetUtcNow() - Deferral.Patience) });

        var sent = Assert.Single(_world.Queue.Sent);
        Assert.Equal((command with { Deferral = new(1, _world.Clock.GetUtcNow()) }, TimeSpan.FromSeconds(20)), (sent.Command, sent.Delay));
    }

    [Fact]
    public async Task RunAsync_WriteRefused_GivesTheClaimBackAndTheCopyClears()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.BeforeWrite = _ => FakeDirectory.Busy(TimeSpan.FromSeconds(7));
        await ApplyAsync(new(proposal.Tenant, proposal.Id));
        var waiting = await _world.LatestAsync();
        _world.Directory.BeforeWrite = null;
        _world.Clock.Advance(TimeSpan.FromSeconds(7));

        await ApplyAsync(Assert.Single(_world.Queue.Take<ApplyClear>()));

        Assert.Null(waiting.Claim);
        Assert.Equal(ProposalStatus.Cleared, (await _world.LatestAsync()).Status);
        Assert.Single(_world.Directory.Writes);
        _world.AssertClearedOnceOnTheTrail();
    }

    [Fact]
    public async Task RunAsync_ClearWaitedForTooLong_StaysApprovedAndMaintenanceSendsItAgain()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.BeforeUser = _ => FakeDirectory.Busy(TimeSpan.FromSeconds(7));
        var tired = new ApplyClear(proposal.Tenant, proposal.Id) { Deferral = new(12, _world.Clock.GetUtcNow() - Deferral.Patience) };
        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => ApplyAsync(tired));

        await _world.Get<MaintainHandler>().HandleAsync(World.Cancellation);

        Assert.Equal(ProposalStatus.Approved, (await _world.LatestAsync()).Status);
        Assert.Equal([new ApplyClear(proposal.Tenant, proposal.Id)], _world.Queue.Of<ApplyClear>());
    }

    private static string Text(ScanTenant command) => JsonSerializer.Serialize(command, ReanchorJson.Options);

    private Task ScanAsync(ScanTenant command) =>
        _world.Get<DirectoryWork>().RunAsync(command, _world.Get<ScanTenantHandler>().HandleAsync, World.Cancellation);

    private Task ApplyAsync(ApplyClear command) =>
        _world.Get<DirectoryWork>().RunAsync(command, _world.Get<ApplyClearHandler>().HandleAsync, World.Cancellation);
}
