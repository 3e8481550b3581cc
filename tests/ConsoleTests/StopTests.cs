using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>Whether everything is stopped, as far as the page knows. The stop itself is pulled in the play.</summary>
public sealed class StopTests(SeededConsole console) : BrowserTests
{
    private const string Later = "() => { const now = Date.now; Date.now = () => now() + 300_000; }";

    private readonly JsonObject _byPerson = new() { ["kind"] = "person", ["id"] = "olga", ["name"] = "Olga", ["authenticatedBy"] = "here" };

    [Fact]
    public async Task Stop_NotReadForAWhile_SaysHowOldItIs()
    {
        await using var visit = await console.SignInAsync("Olga", ["Operate"]);
        await Assertions.Expect(visit.Button("Stop everything")).ToBeVisibleAsync();
        await visit.Page.RouteAsync("**/api/stop", route => route.FulfillAsync(new() { Status = 503 }));

        await visit.Page.EvaluateAsync(Later);
        await visit.GoAsync("diagnose");

        await visit.SeesAsync("Whether writes are stopped was last read 5 minutes ago.");
        await Assertions.Expect(visit.Button("Stop everything")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Stop_ReadAsPulledAWhileAgo_CanBePulledAgain()
    {
        await using var visit = await console.SignInAsync("Olga", ["Operate"]);
        await StopAsync(visit, bySetting: false, byPerson: true);
        await Assertions.Expect(visit.Button("Stop everything")).ToHaveCountAsync(0);
        await visit.Page.UnrouteAllAsync();
        await visit.Page.RouteAsync("**/api/stop", route => route.FulfillAsync(new() { Status = 503 }));

        await visit.Page.EvaluateAsync(Later);
        await visit.GoAsync("diagnose");

        await Assertions.Expect(visit.Page.GetByLabel("Everything is stopped")).ToContainTextAsync("last read 5 minutes ago");
        await Assertions.Expect(visit.Button("Stop everything")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Stop_BySettingAlone_CanBePulledAndThenHasTwoReasons()
    {
        await using var visit = await console.SignInAsync("Ada", ["Administer"]);
        await StopAsync(visit, bySetting: true, byPerson: false);
        await visit.SeesAsync("The setting Reanchor__Paused stops it;");

        await visit.Button("Stop everything").ClickAsync();
        await AnswerAsync(visit, bySetting: true, byPerson: true);
        await visit.ConfirmAsync("Two customers call", "Stop everything now");

        await visit.SeesAsync("The setting Reanchor__Paused stops it, too;");
        await visit.SeesAsync("“Two customers call”");
        await Assertions.Expect(visit.Button("Stop everything")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Lift_WhileTheSettingStopsToo_PromisesNothing()
    {
        await using var visit = await console.SignInAsync("Ada", ["Administer"]);
        await StopAsync(visit, bySetting: true, byPerson: true);

        await visit.Button("Let writes go on").ClickAsync();

        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await Assertions.Expect(dialog).ToContainTextAsync("The setting Reanchor__Paused goes on stopping everything");
        await Assertions.Expect(dialog).Not.ToContainTextAsync("carried out at once");
    }

    private async Task StopAsync(Visit visit, bool bySetting, bool byPerson)
    {
        await AnswerAsync(visit, bySetting, byPerson);
        await visit.Page.ReloadAsync();
        await visit.ReadAsync();
    }

    /// <summary>Nothing is stopped, which other tests rely on; the page is told that it is, whatever it asks.</summary>
    private async Task AnswerAsync(Visit visit, bool bySetting, bool byPerson)
    {
        var stop = new JsonObject
        {
            ["stopped"] = true,
            ["bySetting"] = bySetting,
            ["by"] = byPerson ? _byPerson.DeepClone() : null,
            ["at"] = byPerson ? "2026-11-22T09:00:00Z" : null,
            ["reason"] = byPerson ? "Two customers call" : null,
        };
        await visit.Page.UnrouteAllAsync();
        await visit.Page.RouteAsync("**/api/stop", route => route.FulfillAsync(new() { ContentType = "application/json", Body = stop.ToJsonString() }));
    }
}
