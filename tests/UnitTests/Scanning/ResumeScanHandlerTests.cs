using Reanchor.Anchors;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Reanchor.Maintenance;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Scanning;

public sealed class ResumeScanHandlerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Resume_HaltedByACap_ProposesExactlyItsCandidates(bool percent)
    {
        var scan = await GivenHaltedAsync(percent);

        var result = await ResumeAsync(scan);
        await RunAsync();

        Assert.Equal((ResumeScanOutcome.Resumed, ScanStatus.Queued), (result.Outcome, result.Scan!.Status));
        Assert.Equal(3, _world.Queue.Take<ProposeClear>().Select(c => c.UserId).Distinct().Count());
        var ended = await _world.ScanAsync(scan.Id);
        Assert.Equal((ScanStatus.Completed, 3, scan.HaltReason), (ended.Status, ended.Candidates, ended.HaltReason));
        Assert.Equal((Samples.Anton, "counted"), (ended.Resumption!.ResumedBy, ended.Resumption.Reason));
        Assert.Equal(
            [nameof(ScanHalted), nameof(ScanResumed), nameof(ScanCompleted)],
            _world.Audit.Types.Where(t => t.StartsWith("Scan", StringComparison.Ordinal)).Skip(1));
        var told = Assert.Single(_world.Audit.Entries, e => e.Type == nameof(ScanResumed));
        Assert.Equal(("counted", Samples.Anton, scan.Id), (told.Reason, told.Actor, told.Scan));
    }

    [Fact]
    public async Task Resume_NothingIsReadAgainFromTheUsers()
    {
        var scan = await GivenHaltedAsync();
        var pages = _world.Directory.PagesRead;

        await ResumeAsync(scan);
        await RunAsync();

        Assert.Equal(pages, _world.Directory.PagesRead);
    }

    [Fact]
    public async Task Resume_Twice_IsRefused()
    {
        var scan = await GivenHaltedAsync();
        await ResumeAsync(scan);

        var whileRunning = await ResumeAsync(scan);
        await RunAsync();
        var afterwards = await ResumeAsync(scan);

        Assert.All([whileRunning, afterwards], r => AssertRefused(r, "Anton Approver resumed this scan on 2026-11-22"));
        Assert.Single(_world.Audit.Types, nameof(ScanResumed));
    }

    [Fact]
    public async Task Resume_EvidenceMissing_IsRefused()
    {
        await _world.RegisterAsync();
        _world.Directory.Put(_world.Tenant.Id, Samples.Ann);
        var scan = await _world.ScanAsync();

        AssertRefused(await ResumeAsync(scan), "lacks evidence: No inventory from collector corp");
    }

    [Fact]
    public async Task Resume_UserCountUnknown_IsRefused()
    {
        await _world.GivenAnnAsync();
        _world.Directory.TenantFacts = Samples.Facts with { UserCount = Reading.Unknown<int>("403") };
        var scan = await _world.ScanAsync();

        AssertRefused(await ResumeAsync(scan), "lacks evidence");
    }

    [Fact]
    public async Task Resume_CompletedOrQueued_IsRefused()
    {
        await _world.GivenAnnAsync();
        var completed = await _world.ScanAsync();
        AssertRefused(await ResumeAsync(completed), "not halted");

        var queued = await _world.ScanAsync((await _world.RequestScanAsync()).Scan);
        AssertRefused(await ResumeAsync(queued), "not halted");
    }

    [Fact]
    public async Task Resume_NotTheLatest_IsRefused()
    {
        var scan = await GivenHaltedAsync();
        await _world.ScanAsync();

        AssertRefused(await ResumeAsync(scan), "is the tenant's latest");
    }

    [Theory]
    [InlineData("report", "in report mode")]
    [InlineData("disabled", "disabled")]
    public async Task Resume_TenantNoLongerProposes_IsRefused(string change, string words)
    {
        var scan = await GivenHaltedAsync();
        await _world.RegisterAsync(t => change == "report" ? t with { Mode = TenantMode.Report } : t with { Enabled = false });

        AssertRefused(await ResumeAsync(scan), words);
    }

    [Fact]
    public async Task Resume_ScanAskedToReport_IsRefused()
    {
        await GivenCandidatesAsync(2);
        AssertRefused(await ResumeAsync(await _world.ScanAsync(TenantMode.Report)), "asked to report only");
    }

    [Fact]
    public async Task Resume_NoSuchScanOrTenant_IsNotFound()
    {
        var scan = await GivenHaltedAsync();

        Assert.Equal(ResumeScanOutcome.NotFound, (await ResumeAsync(scan with { Id = ScanId.At(Samples.Now.AddDays(-1)) })).Outcome);
        Assert.Equal(ResumeScanOutcome.NotFound, (await ResumeAsync(scan with { Tenant = Samples.NewTenantId() })).Outcome);
    }

    [Fact]
    public async Task Resume_InventoryTooOldByThen_HaltsAgainForGood()
    {
        var scan = await GivenHaltedAsync();
        _world.Clock.Advance(TimeSpan.FromHours(30));

        await ResumeAsync(scan);
        await RunAsync();

        var ended = await _world.ScanAsync(scan.Id);
        Assert.Equal((ScanStatus.Halted, HaltKind.EvidenceMissing), (ended.Status, ended.HaltKind));
        Assert.Contains("hours old", ended.HaltReason, StringComparison.Ordinal);
        Assert.Empty(_world.Queue.Of<ProposeClear>());
        Assert.Equal(2, _world.Audit.Types.Count(t => t == nameof(ScanHalted)));
        Assert.Equal(ResumeScanOutcome.NotResumable, (await ResumeAsync(scan)).Outcome);
    }

    [Fact]
    public async Task Resume_SyncStoppedByThen_ReportsOnly()
    {
        var scan = await GivenHaltedAsync();
        _world.Directory.TenantFacts = Samples.Facts with { Sync = Reading.Known(new OrganisationSync(false, null)) };

        await ResumeAsync(scan);
        await RunAsync();

        var ended = await _world.ScanAsync(scan.Id);
        Assert.Equal(ScanStatus.Completed, ended.Status);
        Assert.Contains("is off", ended.ReportOnlyBecause, StringComparison.Ordinal);
        Assert.Empty(_world.Queue.Of<ProposeClear>());
    }

    [Fact]
    public async Task Resume_CrashBetweenStateAndTrail_MaintenanceAndRedeliveryFinishIt()
    {
        var scan = await GivenHaltedAsync();
        _world.Audit.BeforeNextAppend = _ => _world.Audit.BeforeNextAppend = _ => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => ResumeAsync(scan));
        Assert.DoesNotContain(nameof(ScanResumed), _world.Audit.Types);
        Assert.Empty(_world.Queue.Sent);

        await _world.Get<MaintainHandler>().HandleAsync(World.Cancellation);
        var message = Assert.Single(_world.Queue.Take<ScanTenant>());
        await HandleAsync(message);
        await HandleAsync(message);

        Assert.Equal(ScanStatus.Completed, (await _world.ScanAsync(scan.Id)).Status);
        Assert.Equal(3, _world.Queue.Of<ProposeClear>().Count);
        Assert.Single(_world.Audit.Types, nameof(ScanResumed));
        Assert.True(_world.Audit.Types.ToList().IndexOf(nameof(ScanResumed)) < _world.Audit.Types.ToList().IndexOf(nameof(ScanCompleted)));
    }

    [Fact]
    public async Task Resume_OpenAgain_KeepsAnotherScanFromStarting()
    {
        var scan = await GivenHaltedAsync();
        await ResumeAsync(scan);
        _world.Clock.Advance(TimeSpan.FromSeconds(1));

        var request = await _world.Get<RequestScanHandler>().HandleAsync(
            new(scan.Tenant, null, Samples.Olga, null), World.Cancellation);

        Assert.Equal((RequestScanOutcome.AlreadyRunning, scan.Id), (request.Outcome, request.Scan!.Id));
    }

    [Fact]
    public async Task Decide_WhoResumedIt_MayNotApprove()
    {
        var scan = await GivenHaltedAsync();
        await ResumeAsync(scan);
        await RunAsync();
        var command = _world.Queue.Take<ProposeClear>()[0];
        await _world.Get<ProposeClearHandler>().HandleAsync(command, World.Cancellation);
        var proposal = await _world.LatestAsync(command.UserId);

        Assert.Equal(Samples.Anton, proposal.ResumedBy);
        Assert.Equal(DecisionOutcome.OwnRequest, (await _world.DecideAsync(proposal, approve: true)).Outcome);
        Assert.Equal(
            DecisionOutcome.Recorded,
            (await _world.DecideAsync(proposal, approve: true, by: Samples.Anton with { Id = "oid-third" })).Outcome);
    }

    private static void AssertRefused(ResumeScanResult result, string words)
    {
        Assert.Equal(ResumeScanOutcome.NotResumable, result.Outcome);
        Assert.Contains(words, result.Explanation, StringComparison.Ordinal);
    }

    /// <summary>Three candidates, more than the policy allows.</summary>
    private async Task<Scan> GivenHaltedAsync(bool percent = false)
    {
        await GivenCandidatesAsync(percent ? 100 : 2);

        if (percent)
        {
            _world.Directory.TenantFacts = Samples.Facts with { UserCount = Reading.Known(5) };
        }

        var scan = await _world.ScanAsync();
        Assert.Equal((ScanStatus.Halted, HaltKind.Cap), (scan.Status, scan.HaltKind));
        Assert.Empty(_world.Queue.Sent);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        return scan;
    }

    private async Task GivenCandidatesAsync(int limit)
    {
        await _world.RegisterAsync(t => t with { Policy = new() { MaxProposalsPerScan = limit } });
        var names = Enumerable.Range(0, 3).Select(n => $"user{n}@corp.example").ToList();
        await _world.UploadAsync([.. names.Select(n => new DirectoryAccount { ObjectGuid = Guid.NewGuid(), UserPrincipalName = n, Enabled = true })]);
        _world.Directory.Put(
            _world.Tenant.Id,
            [.. names.Select(n => Samples.Ann with { Id = Guid.NewGuid(), UserPrincipalName = n, Mail = null, ProxyAddresses = [], Anchor = SourceAnchor.FromGuid(Guid.NewGuid()) })]);
    }

    private Task<ResumeScanResult> ResumeAsync(Scan scan) => _world.Get<ResumeScanHandler>().HandleAsync(
        new(scan.Tenant, scan.Id, "counted", Samples.Anton), World.Cancellation);

    private Task<ScanOutcome> RunAsync() => HandleAsync(Assert.Single(_world.Queue.Take<ScanTenant>()));

    private Task<ScanOutcome> HandleAsync(ScanTenant command) =>
        _world.Get<ScanTenantHandler>().HandleAsync(command, World.Cancellation);
}
