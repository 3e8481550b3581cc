using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>The overview never shows what is unknown as nothing.</summary>
public sealed class OverviewTests(SeededConsole console) : BrowserTests
{
    [Fact]
    public async Task Overview_PartsNotRead_AreUnknownAndNotNone()
    {
        await using var visit = await OpenAsync(tenant =>
        {
            foreach (var part in (string[])["lastScan", "trailCheck", "proposals"])
            {
                tenant["notRead"]!.AsArray().Add(new JsonObject { ["part"] = part, ["because"] = $"Its {part} could not be read." });
            }

            tenant["lastScan"] = tenant["trailCheck"] = tenant["proposalsWaiting"] = tenant["oldestProposedAt"] = null;
        });

        await AssertFiguresAsync(visit, "unknown", "unknown", "unknown");
        var card = visit.Page.Locator(".tenant");
        await Assertions.Expect(card).ToContainTextAsync("Needs attention");
        await Assertions.Expect(card).ToContainTextAsync("Its last scan is unknown. ");
        await Assertions.Expect(card).ToContainTextAsync("Whether its trail is intact is unknown.");
        Assert.DoesNotMatch("(?i)never scanned|not scanned yet|not verified yet", await card.InnerTextAsync());
        await Assertions.Expect(visit.Page.Locator("#main > .sums dd").Last).ToHaveTextAsync("unknown");
        visit.AssertUneventful();
    }

    [Fact]
    public async Task Overview_BrakesNotRead_DoNotHideThatATenantWasNeverScanned()
    {
        await using var visit = await OpenAsync(tenant =>
        {
            tenant["notRead"]!.AsArray().Add(new JsonObject { ["part"] = "brakes", ["because"] = "Its brakes could not be read." });
            tenant["lastScan"] = null;
        });

        await visit.SeesAsync("Its brakes could not be read.");
        await visit.SeesAsync("Not scanned yet.");
    }

    [Theory]
    [InlineData("running", 2, "at least 2")]
    [InlineData("failed", 2, "at least 2")]
    [InlineData("failed", 0, "unknown")]
    [InlineData("halted", 0, "0")]
    [InlineData("completed", 2, "2")]
    public async Task Overview_ScanThatHasNotReadEveryUser_CountsNoMoreThanItKnows(string status, int candidates, string expected)
    {
        await using var visit = await OpenAsync(tenant =>
        {
            var scan = tenant["lastScan"]!.AsObject();
            scan["status"] = status;
            scan["counts"] = candidates == 0 ? new JsonObject() : new JsonObject { ["Candidate"] = candidates };
        });

        await Assertions.Expect(visit.Page.Locator(".tenant .sums dd").Nth(1)).ToHaveTextAsync(expected);
        await Assertions.Expect(visit.Page.Locator(".tenant .sums dd").Nth(2)).ToHaveTextAsync(status is "halted" or "completed" ? "0" : "unknown");
    }

    [Fact]
    public async Task Overview_TenantThatWasNeverScanned_HasNoNumbers()
    {
        await using var visit = await OpenAsync(tenant => tenant["lastScan"] = null);

        await Assertions.Expect(visit.Page.Locator(".tenant .sums dd").Nth(1)).ToHaveTextAsync("unknown");
        await visit.SeesAsync("Never scanned.");
    }

    [Theory]
    [InlineData(true, "Needs you now", "The audit trail was not intact")]
    [InlineData(false, "Needs attention", "Its trail could not be read.")]
    public async Task Overview_DisabledTenantWhoseTrailIsNotKnownToBeIntact_NeedsSomebody(bool known, string level, string reason)
    {
        await using var visit = await OpenAsync(tenant =>
        {
            tenant["enabled"] = false;
            tenant["trailCheck"] = known ? new JsonObject { ["at"] = "2026-11-22T09:00:00Z", ["intact"] = false, ["events"] = 3, ["faultCount"] = 1 } : null;

            if (!known)
            {
                tenant["notRead"]!.AsArray().Add(new JsonObject { ["part"] = "trailCheck", ["because"] = "Its trail could not be read." });
            }
        });

        var card = visit.Page.Locator(".tenant");
        await Assertions.Expect(card).ToContainTextAsync(level);
        await Assertions.Expect(card).ToContainTextAsync(reason);
        await Assertions.Expect(card).ToContainTextAsync("Disabled: it is not scanned");
    }

    /// <summary>The overview of one tenant, of which something is different.</summary>
    private async Task<Visit> OpenAsync(Action<JsonObject> change)
    {
        var visit = await console.SignInAsync("Olga", ["Operate"]);
        await visit.GoAsync("diagnose");
        await visit.AlterAsync("overview", answer =>
        {
            var tenant = answer["items"]!.AsArray().Single(t => (string?)t!["tenantId"] == $"{console.Hostile.Id}")!.DeepClone();
            change(tenant.AsObject());
            answer["items"] = new JsonArray(tenant);
        });
        await visit.GoAsync("");
        return visit;
    }

    private static async Task AssertFiguresAsync(Visit visit, params string[] figures) =>
        await Assertions.Expect(visit.Page.Locator(".tenant .sums dd")).ToHaveTextAsync(figures);
}
