using Reanchor.Access;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Scanning;

public sealed class RequestScanHandlerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_NoneOpen_QueuesItAndTellsWhoAsked()
    {
        await _world.RegisterAsync();

        var result = await RequestAsync();

        Assert.Equal((RequestScanOutcome.Queued, ScanStatus.Queued), (result.Outcome, result.Scan!.Status));
        Assert.Equal([new ScanTenant(_world.Tenant.Id, result.Scan.Id)], _world.Queue.Of<ScanTenant>());
        Assert.Equal(Samples.Olga, Assert.Single(_world.Audit.Entries, e => e.Type == nameof(ScanRequested)).Actor);
    }

    [Theory]
    [InlineData(null, TenantMode.Propose)]
    [InlineData(TenantMode.Report, TenantMode.Report)]
    [InlineData(TenantMode.Propose, TenantMode.Propose)]
    public async Task HandleAsync_Mode_IsTheTenantsUnlessAsked(TenantMode? asked, TenantMode expected)
    {
        await _world.RegisterAsync();

        Assert.Equal(expected, (await RequestAsync(asked)).Scan!.Mode);
    }

    [Fact]
    public async Task HandleAsync_AnotherOpen_AnswersWithItAndSendsNothing()
    {
        await _world.RegisterAsync();
        var first = await _world.RequestScanAsync();
        _world.Clock.Advance(TimeSpan.FromSeconds(1));

        var result = await RequestAsync();

        Assert.Equal((RequestScanOutcome.AlreadyRunning, first.Scan), (result.Outcome, result.Scan!.Id));
        Assert.Empty(_world.Queue.Sent);
    }

    [Fact]
    public async Task HandleAsync_RepeatedAfterACrash_SendsTheSameScanAgain()
    {
        await _world.RegisterAsync();
        _world.Queue.BeforeNextSend = () => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => RequestAsync(key: "key"));
        _world.Clock.Advance(TimeSpan.FromSeconds(1));

        var repeat = await RequestAsync(key: "key");

        Assert.Equal((RequestScanOutcome.Queued, ScanId.At(Samples.Now)), (repeat.Outcome, repeat.Scan!.Id));
        Assert.Equal([new ScanTenant(_world.Tenant.Id, repeat.Scan.Id)], _world.Queue.Of<ScanTenant>());
        Assert.Single(_world.Audit.Types, nameof(ScanRequested));
    }

    [Fact]
    public async Task HandleAsync_NotPossible_SaysWhyAndSendsNothing()
    {
        Assert.Equal(RequestScanOutcome.TenantNotFound, (await RequestAsync()).Outcome);

        await _world.RegisterAsync(t => t with { Mode = TenantMode.Report });
        Assert.Equal(RequestScanOutcome.ReportOnlyTenant, (await RequestAsync(TenantMode.Propose)).Outcome);

        await _world.RegisterAsync(t => t with { Enabled = false });
        Assert.Equal(RequestScanOutcome.TenantDisabled, (await RequestAsync()).Outcome);

        Assert.Empty(_world.Queue.Sent);
        Assert.Null(await _world.Scans.FindLatestAsync(_world.Tenant.Id, World.Cancellation));
    }

    [Fact]
    public async Task HandleAsync_OnSchedule_QueuesEveryEnabledTenantOnce()
    {
        var enabled = new[] { Samples.NewTenant(), Samples.NewTenant() with { Mode = TenantMode.Report } };

        foreach (var tenant in enabled.Append(Samples.NewTenant() with { Enabled = false }))
        {
            await _world.Tenants.TryAddAsync(tenant, World.Cancellation);
        }

        await _world.Get<ScanTenantsHandler>().HandleAsync(World.Cancellation);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        await _world.Get<ScanTenantsHandler>().HandleAsync(World.Cancellation);

        Assert.Equal(
            enabled.Select(t => t.Id.ToString()).Order(StringComparer.Ordinal),
            _world.Queue.Of<ScanTenant>().Select(s => s.Tenant.ToString()));
        Assert.All(_world.Audit.Entries, e => Assert.Equal(Actor.System, e.Actor));
    }

    private Task<RequestScanResult> RequestAsync(TenantMode? mode = null, string? key = null) =>
        _world.Get<RequestScanHandler>().HandleAsync(new(_world.Tenant.Id, mode, Samples.Olga, key), World.Cancellation);
}
