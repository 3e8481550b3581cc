using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Reanchor.Contracts;
using Reanchor.Functions.Http;
using Reanchor.Functions.Reports;
using Reanchor.Json;
using Reanchor.Proposals;
using Reanchor.Reporting;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Reporting;

/// <summary>A scan's report in each of its formats.</summary>
public sealed partial class ScanReportTests : IDisposable
{
    private const string Script = "<img src=x onerror=alert(1)>";
    private const string Formula = "=cmd|' /C calc'!A0";
    private const string Turned = "\u202Egnp.exe\u202C";

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Report_AfterAClear_SaysWhatWasFoundDoneByWhomAndWhatRemains()
    {
        var cleared = await _world.GivenClearedAsync();

        var html = await HtmlAsync(await ReportAsync(cleared.Scan));

        Assert.Contains("Leftover ImmutableIDs of <bdi>Corp</bdi>", html, StringComparison.Ordinal);
        Assert.Contains(cleared.Scan.ToString(), html, StringComparison.Ordinal);
        Assert.Contains("<tr><td>Candidate<td class=\"number\">1</tr>", html, StringComparison.Ordinal);
        Assert.Contains($"<code><bdi>{cleared.Anchor}</bdi></code>", html, StringComparison.Ordinal);
        Assert.Contains($"UTC: <bdi>Approved</bdi>, by <bdi>{Samples.Anton.Name}</bdi>. <span class=\"quiet\"><bdi>checked</bdi></span>", html, StringComparison.Ordinal);
        Assert.Contains($"{cleared.ClearedAt!.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC: <bdi>Cleared the ImmutableID</bdi>", html, StringComparison.Ordinal);
        Assert.Contains("The next sync matches the account", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_WhateverIsInANameOrAReason_IsText()
    {
        var report = await OddReportAsync();

        var html = await HtmlAsync(report);

        Assert.DoesNotContain(Script, html, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(html, Regex.Escape("&lt;img src=x onerror=alert(1)&gt;" + new string('n', 272))));
        Assert.Contains($"<bdi>{Turned}</bdi>", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<(?!/?(html|head|meta|title|style|body|h1|h2|h3|dl|dt|dd|p|table|thead|tbody|tr|th|td|ul|li|br|span|bdi|code)\\b|!DOCTYPE)", html);
        Assert.DoesNotMatch("(?i)https?://|javascript:|<script|\\son\\w+=(?!alert)|src=(?!x )|@import|url\\(", html);
    }

    /// <summary>The page may use the style that is in it, and no other.</summary>
    [Fact]
    public async Task Html_Style_IsTheOneThatThePolicyNames()
    {
        var html = await HtmlAsync(await OddReportAsync());

        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style().Match(html).Groups[1].Value)));
        Assert.Equal($"default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; form-action 'none'", SecurityHeaders.ReportPolicy);
        Assert.Contains($"<meta http-equiv=\"Content-Security-Policy\" content=\"{SecurityHeaders.ReportPolicy}\">", html, StringComparison.Ordinal);
        Assert.Contains("@media print", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_CellThatWouldBeAFormula_IsText()
    {
        var csv = await WriteAsync(await OddReportAsync(), ReportCsv.WriteAsync);

        Assert.Contains($",\"'{Formula}\",", csv, StringComparison.Ordinal);
        Assert.Contains(Script, csv, StringComparison.Ordinal);
        Assert.DoesNotContain($",{Formula}", csv, StringComparison.Ordinal);
        Assert.DoesNotContain($",\"{Formula}", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_SaysTheSame()
    {
        var report = await OddReportAsync();

        using var output = new MemoryStream();
        await JsonSerializer.SerializeAsync(output, new ReportView(report, World.Cancellation), ReanchorJson.Options, World.Cancellation);
        using var json = JsonDocument.Parse(output.ToArray());

        var users = json.RootElement.GetProperty("users").EnumerateArray().ToList();
        Assert.Equal(("Corp", 2), (json.RootElement.GetProperty("tenantName").GetString(), users.Count));
        var odd = users.Single(user => user.GetProperty("classification").GetString() == "NoPartner");
        Assert.Equal(Script + new string('n', 272), odd.GetProperty("displayName").GetString());
        Assert.Equal(Formula, odd.GetProperty("userPrincipalName").GetString());
        Assert.Equal([Turned], odd.GetProperty("why").EnumerateArray().Select(why => why.GetString()));
        var proposed = users.Single(user => user.GetProperty("classification").GetString() == "Candidate");
        Assert.Equal("pending", proposed.GetProperty("status").GetString());
        Assert.Equal(Samples.Olga.Name, Assert.Single(proposed.GetProperty("done").EnumerateArray()).GetProperty("by").GetString());
    }

    /// <summary>Half of an earlier scan's findings would look like all of them.</summary>
    [Fact]
    public async Task Report_OfAnEarlierScan_HoldsWhatCameOfItAlone()
    {
        var proposal = await _world.GivenProposalAsync();
        await _world.ScanAsync(TenantMode.Report);

        var report = await ReportAsync(proposal.Scan);

        Assert.False(report.HasFindings);
        var user = Assert.Single(await report.ReadUsersAsync(null, World.Cancellation).ToListAsync(World.Cancellation));
        Assert.Equal((proposal.UserId, ProposalStatus.Pending, (Classification?)null), (user.UserId, user.Status, user.Classification));
        Assert.Contains("A later scan has looked at these users again", await HtmlAsync(report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Html_Classes_AreNamedAndExplainedInWords()
    {
        var html = await HtmlAsync(await OddReportAsync());

        Assert.Contains("<tr><td>No partner<td class=\"number\">1</tr>", html, StringComparison.Ordinal);
        Assert.Contains($"<h3>No partner</h3>\n<p>{ClassificationWords.Of(Classification.NoPartner).Means}", html, StringComparison.Ordinal);
        Assert.Contains("<tr><td>Waits for a decision<td class=\"number\">1</tr>", html, StringComparison.Ordinal);
        Assert.DoesNotContain(nameof(Classification.NoPartner), html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_MoreFindingsThanOnePage_HasThemAll()
    {
        var scan = Samples.NewScan(_world.Tenant.Id) with { Classified = true, Counts = new Dictionary<Classification, int> { [Classification.NoPartner] = 1001 } };
        await _world.Findings.SaveAsync(
            scan.Tenant,
            [.. Enumerable.Range(0, 1001).Select(_ => Samples.NewFinding(scan.Tenant, scan.Id, classification: Classification.NoPartner))],
            World.Cancellation);
        var report = new ScanReport(_world.Findings, _world.Scans, scan, _world.Tenant, hasFindings: true, [], Samples.Now);

        Assert.Equal(1001, Regex.Count(await HtmlAsync(report), "<bdi>Because.</bdi>"));
        Assert.Equal(1002, (await WriteAsync(report, ReportCsv.WriteAsync)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Theory]
    [InlineData(ProposalStatus.Pending)]
    [InlineData(ProposalStatus.Approved)]
    [InlineData(ProposalStatus.Rejected)]
    [InlineData(ProposalStatus.Expired)]
    [InlineData(ProposalStatus.Superseded)]
    [InlineData(ProposalStatus.Clearing)]
    [InlineData(ProposalStatus.Cleared)]
    [InlineData(ProposalStatus.Verified)]
    [InlineData(ProposalStatus.Inconclusive)]
    [InlineData(ProposalStatus.Refused)]
    [InlineData(ProposalStatus.Restoring)]
    [InlineData(ProposalStatus.Restored)]
    public void WhatRemains_EveryStatus_HasASentence(ProposalStatus status) =>
        Assert.EndsWith(".", WhatRemains.Of(Samples.NewProposal(_world.Tenant.Id) with { Status = status }), StringComparison.Ordinal);

    /// <summary>Ann, who is proposed, and a user whose every text is a trap.</summary>
    private async Task<ScanReport> OddReportAsync()
    {
        var proposal = await _world.GivenProposalAsync();
        var odd = Samples.NewFinding(_world.Tenant.Id, proposal.Scan, classification: Classification.NoPartner);
        odd = odd with
        {
            User = odd.User with { UserPrincipalName = Formula, DisplayName = Script + new string('n', 272) },
            Assessment = odd.Assessment with { FailedChecks = [new(Classification.NoPartner, Turned)], Partner = null },
        };
        await _world.Findings.SaveAsync(_world.Tenant.Id, [odd], World.Cancellation);
        var report = await ReportAsync(proposal.Scan);
        var counts = new Dictionary<Classification, int> { [Classification.NoPartner] = 1, [Classification.Candidate] = 1 };

        return new(_world.Findings, _world.Scans, report.Scan with { Counts = counts, HaltReason = Script + new string('n', 272) }, _world.Tenant, true, report.Proposals, Samples.Now);
    }

    private async Task<ScanReport> ReportAsync(ScanId scan) =>
        (await _world.Get<ReadScanReportHandler>().HandleAsync(_world.Tenant.Id, scan, World.Cancellation))!;

    private static Task<string> HtmlAsync(ScanReport report) => WriteAsync(report, ReportHtml.WriteAsync);

    private static async Task<string> WriteAsync(ScanReport report, Func<ScanReport, Stream, CancellationToken, Task> write)
    {
        using var output = new MemoryStream();
        await write(report, output, World.Cancellation);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
