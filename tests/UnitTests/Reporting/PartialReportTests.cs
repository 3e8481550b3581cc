using System.Text;
using System.Text.Json;
using Reanchor.Contracts;
using Reanchor.Functions.Reports;
using Reanchor.Inventories;
using Reanchor.Json;
using Reanchor.Reporting;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Reporting;

/// <summary>A report that does not hold all that there was to find says so, in each of its formats.</summary>
public sealed class PartialReportTests : IDisposable
{
    private static readonly Func<ScanReport, Stream, CancellationToken, Task>[] Formats =
    [
        ReportHtml.WriteAsync,
        ReportCsv.WriteAsync,
        (report, output, cancellationToken) =>
            JsonSerializer.SerializeAsync(output, new ReportView(report, cancellationToken), ReanchorJson.Options, cancellationToken),
    ];

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Report_NewerScanOnlyQueued_IsWholeForTheOneBeforeAlone()
    {
        var oldest = (await _world.GivenProposalAsync()).Scan;
        var before = (await _world.ScanAsync(TenantMode.Report)).Id;
        await _world.RequestScanAsync();

        Assert.False((await ReportAsync(oldest)).HasFindings);
        Assert.True((await ReportAsync(before)).HasFindings);
    }

    [Fact]
    public async Task Report_NewerScanFailedBeforeItBegan_IsWholeForTheOneBeforeAlone()
    {
        var oldest = (await _world.GivenProposalAsync()).Scan;
        var before = (await _world.ScanAsync(TenantMode.Report)).Id;
        var command = await _world.RequestScanAsync();
        await _world.RegisterAsync(tenant => tenant with { Enabled = false });
        await _world.Get<ScanTenantHandler>().HandleAsync(command, World.Cancellation);

        Assert.False((await ReportAsync(oldest)).HasFindings);
        Assert.True((await ReportAsync(before)).HasFindings);
        await AssertSaysAsync(await ReportAsync(command.Scan), "Whom it did not reach is missing.");
    }

    [Fact]
    public async Task Report_OfAScanThatFailed_DoesNotLookLikeNothingFound()
    {
        await _world.GivenAnnAsync();
        _world.Directory.BeforePage = _ => throw new DirectoryUnavailableException("The secret has expired.") { NeedsRepair = true };

        var report = await ReportAsync((await _world.ScanAsync()).Id);

        await AssertSaysAsync(report, "Whom it did not reach is missing.");
        await AssertSaysAsync(report, "It failed. The secret has expired.");
        Assert.Contains("How many there are is not known.", await WriteAsync(report, ReportHtml.WriteAsync), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_OfAScanThatHasNotEnded_SaysSo()
    {
        await _world.GivenAnnAsync();

        await AssertSaysAsync(await ReportAsync((await _world.RequestScanAsync()).Scan), "This scan has not ended.");
    }

    [Fact]
    public async Task Report_OfAScanThatHalted_SaysSo()
    {
        await _world.GivenAnnAsync();
        await _world.RegisterAsync(tenant => tenant with { Collectors = [Samples.Corp, CollectorId.Parse("emea", null)] });

        await AssertSaysAsync(await ReportAsync((await _world.ScanAsync()).Id), "It was halted, so nobody was proposed.");
    }

    [Fact]
    public async Task Report_OfAnEarlierScan_SaysThatTheFindingsAreGone()
    {
        var earlier = (await _world.GivenProposalAsync()).Scan;
        await _world.ScanAsync(TenantMode.Report);

        await AssertSaysAsync(await ReportAsync(earlier), "A later scan has looked at these users again.");
    }

    [Fact]
    public async Task Report_LaterScanBeginsWhileItIsWritten_SaysSo()
    {
        var scan = (await _world.GivenProposalAsync()).Scan;
        var reports = await Task.WhenAll(Formats.Select(_ => ReportAsync(scan)));
        await _world.ScanAsync(TenantMode.Report);

        foreach (var (report, write) in reports.Zip(Formats))
        {
            Assert.Contains("A later scan began while this was written, so users may be missing.", await WriteAsync(report, write), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Report_OfAScanThatReadEveryUser_HasNoNote()
    {
        var report = await ReportAsync((await _world.GivenProposalAsync()).Scan);
        await WriteAsync(report, ReportCsv.WriteAsync);

        Assert.Empty(report.Notes);
        Assert.Null(report.LastNote);
    }

    private static async Task AssertSaysAsync(ScanReport report, string note)
    {
        foreach (var write in Formats)
        {
            Assert.Contains(note, await WriteAsync(report, write), StringComparison.Ordinal);
        }
    }

    private async Task<ScanReport> ReportAsync(ScanId scan) =>
        (await _world.Get<ReadScanReportHandler>().HandleAsync(_world.Tenant.Id, scan, World.Cancellation))!;

    private static async Task<string> WriteAsync(ScanReport report, Func<ScanReport, Stream, CancellationToken, Task> write)
    {
        using var output = new MemoryStream();
        await write(report, output, World.Cancellation);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
