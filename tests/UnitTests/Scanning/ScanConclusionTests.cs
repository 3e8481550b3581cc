using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Scanning;

/// <summary>How a scan ends: what keeps it from proposing, and what a crash at its end leaves.</summary>
public sealed class ScanConclusionTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_NoInventory_HaltsAndClassifiesNobodyAsCandidate()
    {
        await _world.RegisterAsync();
        _world.Directory.Put(_world.Tenant.Id, Samples.Ann);

        await AssertHaltedAsync(Classification.EvidenceInsufficient, "No inventory from collector corp: its forest is missing.");
    }

    [Fact]
    public async Task HandleAsync_OneOfTwoForestsMissing_Halts()
    {
        await _world.RegisterAsync(t => t with { Collectors = [Samples.Corp, CollectorId.Parse("emea", null)] });
        await _world.UploadAsync(Samples.AnnsAccount);
        _world.Directory.Put(_world.Tenant.Id, Samples.Ann);

        await AssertHaltedAsync(Classification.EvidenceInsufficient, "No inventory from collector emea: its forest is missing.");
    }

    [Fact]
    public async Task HandleAsync_InventoryTooOld_Halts()
    {
        await _world.GivenAnnAsync();
        _world.Clock.Advance(TimeSpan.FromHours(25));

        await AssertHaltedAsync(Classification.EvidenceInsufficient, "The inventory of corp, forest corp.example, is 26 hours old");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task HandleAsync_InventoryDamagedOrGone_ProposesNobody(bool gone)
    {
        await _world.RegisterAsync();
        var record = await _world.UploadAsync(Samples.AnnsAccount);

        if (gone)
        {
            _world.Archive.Delete(record);
        }
        else
        {
            await _world.Archive.SaveAsync(record, new MemoryStream([1, 2, 3]), World.Cancellation);
        }

        _world.Directory.Put(_world.Tenant.Id, Samples.Ann);

        var scan = await _world.ScanAsync();

        Assert.Equal(1, scan.Counts[Classification.EvidenceInsufficient]);
        Assert.Empty(_world.Queue.Of<ProposeClear>());
    }

    [Fact]
    public async Task HandleAsync_MoreCandidatesThanAllowed_HaltsAndProposesNone()
    {
        await _world.RegisterAsync(t => t with { Policy = new() { MaxProposalsPerScan = 2 } });
        await GivenCandidatesAsync(3);

        await AssertHaltedAsync(Classification.Candidate, "3 candidates are more than the 2");
    }

    [Fact]
    public async Task HandleAsync_MoreThanHalfFlagged_HaltsAndProposesNone()
    {
        await _world.RegisterAsync();
        await GivenCandidatesAsync(3);
        _world.Directory.TenantFacts = Samples.Facts with { UserCount = Reading.Known(5) };

        await AssertHaltedAsync(Classification.Candidate, "3 of 5 users");
    }

    [Fact]
    public async Task HandleAsync_UserCountUnknown_HaltsAndProposesNone()
    {
        await _world.GivenAnnAsync();
        _world.Directory.TenantFacts = Samples.Facts with { UserCount = Reading.Unknown<int>("403") };

        await AssertHaltedAsync(Classification.Candidate, "could not be counted");
    }

    [Fact]
    public async Task HandleAsync_AskedToReport_ReportsAndProposesNone()
    {
        await _world.GivenAnnAsync();

        var scan = await _world.ScanAsync(TenantMode.Report);

        AssertReportedOnly(scan);
    }

    [Fact]
    public async Task HandleAsync_PutInReportModeWhileScanning_ReportsAndProposesNone()
    {
        await _world.GivenAnnAsync();
        var command = await _world.RequestScanAsync();
        await _world.RegisterAsync(t => t with { Mode = TenantMode.Report });

        await HandleAsync(command);

        AssertReportedOnly(await _world.ScanAsync(command.Scan));
    }

    [Fact]
    public async Task HandleAsync_SyncServerStopped_ReportsAndProposesNone()
    {
        await _world.GivenAnnAsync();
        _world.Directory.TenantFacts = Samples.Facts with
        {
            Sync = Reading.Known(new OrganisationSync(true, Samples.Now.AddDays(-40))),
        };

        AssertReportedOnly(await _world.ScanAsync());
    }

    [Fact]
    public async Task HandleAsync_CrashBetweenTwoCandidates_SendsAllOfThemAgain()
    {
        await _world.RegisterAsync();
        await GivenCandidatesAsync(2);
        var command = await _world.RequestScanAsync();
        _world.Queue.BeforeNextSend = () => _world.Queue.BeforeNextSend = () => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => HandleAsync(command));

        var outcome = await HandleAsync(command);

        Assert.Equal(ScanOutcome.Completed, outcome);
        Assert.Equal(2, _world.Queue.Of<ProposeClear>().Distinct().Count());
        Assert.Equal(2, (await _world.ScanAsync(command.Scan)).Candidates);
    }

    [Theory]
    [InlineData(false, nameof(ScanCompleted))]
    [InlineData(true, nameof(ScanHalted))]
    public async Task HandleAsync_CrashBeforeTheTrailIsTold_RedeliveryTellsIt(bool halted, string type)
    {
        await _world.GivenAnnAsync();
        _world.Directory.TenantFacts = Samples.Facts with { UserCount = Reading.Known(halted ? 1 : 100) };
        var command = await _world.RequestScanAsync();
        _world.Audit.BeforeNextAppend = _ => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(() => HandleAsync(command));
        Assert.DoesNotContain(type, _world.Audit.Types);

        await HandleAsync(command);
        await HandleAsync(command);

        Assert.Single(_world.Audit.Types, type);
    }

    private async Task GivenCandidatesAsync(int count)
    {
        var names = Enumerable.Range(0, count).Select(n => $"user{n}@corp.example").ToList();
        await _world.UploadAsync([.. names.Select(n => new DirectoryAccount { ObjectGuid = Guid.NewGuid(), UserPrincipalName = n, Enabled = true })]);
        _world.Directory.Put(
            _world.Tenant.Id,
            [.. names.Select(n => Samples.Ann with { Id = Guid.NewGuid(), UserPrincipalName = n, Mail = null, ProxyAddresses = [], Anchor = Reanchor.Anchors.SourceAnchor.FromGuid(Guid.NewGuid()) })]);
    }

    private async Task AssertHaltedAsync(Classification classification, string reason)
    {
        var scan = await _world.ScanAsync();

        Assert.Equal(ScanStatus.Halted, scan.Status);
        Assert.Contains(reason, scan.HaltReason, StringComparison.Ordinal);
        Assert.Equal([classification], scan.Counts.Keys);
        Assert.Empty(_world.Queue.Sent);
        Assert.Equal(scan.HaltReason, Assert.Single(_world.Audit.Entries, e => e.Type == nameof(ScanHalted)).Reason);
    }

    private void AssertReportedOnly(Scan scan)
    {
        Assert.Equal((ScanStatus.Completed, 1), (scan.Status, scan.Candidates));
        Assert.NotNull(scan.ReportOnlyBecause);
        Assert.Empty(_world.Queue.Sent);
    }

    private Task<ScanOutcome> HandleAsync(ScanTenant command) =>
        _world.Get<ScanTenantHandler>().HandleAsync(command, World.Cancellation);
}
