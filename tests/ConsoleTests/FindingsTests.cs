using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>Whose findings are shown, and that a scan that failed is not taken for one that found nothing.</summary>
public sealed class FindingsTests(SeededConsole console) : BrowserTests
{
    private const string EarlierOnes = "These are the findings of the scan that ended";

    [Theory]
    [InlineData("failed", "The latest one failed before it read anybody.")]
    [InlineData("queued", "The latest one is queued.")]
    public async Task Findings_NewestScanNeverBegan_AreThoseOfTheOneBefore(string status, string why)
    {
        await using var visit = await OpenAsync(scans =>
        {
            var newest = scans[0]!.DeepClone();
            newest["scanId"] = "never-began";
            newest["status"] = status;
            newest["startedAt"] = null;
            newest["counts"] = new JsonObject();
            scans.Insert(0, newest);
        });

        await visit.SeesAsync(EarlierOnes);
        await visit.SeesAsync(why);
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Table, new() { Name = "Findings", Exact = true }).GetByRole(AriaRole.Rowheader)).ToHaveCountAsync(HostileNames.All.Length * 2);
    }

    [Fact]
    public async Task Findings_NoScanBegan_AreNotCalledNone()
    {
        await using var visit = await OpenAsync(scans =>
        {
            scans[0]!["startedAt"] = null;
            scans[0]!["status"] = "failed";
        });

        await visit.SeesAsync("No scan has read the tenant's users.");
        await Assertions.Expect(visit.Page.GetByText("Nothing found", new() { Exact = true })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Findings_ScanFailedMidway_AreSaidToLackSome()
    {
        await using var visit = await OpenAsync(scans => scans[0]!["status"] = "failed");
        await visit.SeesAsync("The scan failed: users whom it did not reach are missing here.");

        await visit.AlterAsync("tenants/*/scans/*/findings?*", answer => answer["items"] = new JsonArray());
        await visit.Page.ReloadAsync();

        await visit.SeesAsync("Nothing found before it failed");
        await Assertions.Expect(visit.Page.GetByText("No user of this tenant carries an anchor")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Findings_WholeScan_NeedNoWord()
    {
        await using var visit = await OpenAsync(_ => { });

        await Assertions.Expect(visit.Heading("Findings")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByText(EarlierOnes)).ToHaveCountAsync(0);
        await Assertions.Expect(visit.Page.GetByText("The scan failed:")).ToHaveCountAsync(0);
    }

    /// <summary>A scan that failed is no bar of height nought.</summary>
    [Fact]
    public async Task Chart_HasATableOfTheSameNumbers()
    {
        await using var visit = await OpenAsync(scans =>
        {
            var earlier = scans[0]!.DeepClone();
            earlier["counts"] = new JsonObject { ["Candidate"] = 3, ["NoPartner"] = 4 };
            var failed = scans[0]!.DeepClone();
            failed["status"] = "failed";
            failed["counts"] = new JsonObject();
            scans.Add(failed);
            scans.Add(earlier);
        });

        await visit.Page.GetByText("As a table").ClickAsync();

        var table = visit.Page.GetByRole(AriaRole.Table, new() { Name = "Findings over time" });
        var rows = table.GetByRole(AriaRole.Row);
        await Assertions.Expect(rows).ToHaveCountAsync(3);
        await Assertions.Expect(rows.Nth(0).GetByRole(AriaRole.Columnheader)).ToHaveTextAsync(["Scan", "Findings", "Candidates", "Others"]);
        await Assertions.Expect(rows.Nth(2).GetByRole(AriaRole.Cell)).ToHaveTextAsync(["7", "3", "4"]);
        await visit.SeesAsync("1 scan failed. What there was to find is unknown, and not shown.");
    }

    private async Task<Visit> OpenAsync(Action<JsonArray> change)
    {
        var visit = await console.SignInAsync("Olga", ["Operate"]);
        await visit.AlterAsync("tenants/*/scans?top=*", answer => change(answer["items"]!.AsArray()));
        await visit.GoAsync($"tenants/{console.Hostile.Id}/findings");
        return visit;
    }
}
