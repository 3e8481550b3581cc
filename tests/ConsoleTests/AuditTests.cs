using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>What is listed is of one search, whatever is typed or asked meanwhile.</summary>
public sealed class AuditTests(SeededConsole console) : BrowserTests
{
    private const string Older = "Read older events";

    [Fact]
    public async Task Search_BegunBeforeTheLastOneEnded_IsTheOneThatIsShown()
    {
        await using var visit = await console.SignInAsync("Olga", ["Operate"]);
        await visit.GoAsync($"tenants/{console.Hostile.Id}/audit");
        var slow = new TaskCompletionSource();
        var answered = new TaskCompletionSource();
        await visit.Page.RouteAsync("**/audit?*type=ClearProposed*", async route =>
        {
            await slow.Task;
            await FulfillAsync(route, answer => answer["next"] = "more");
            answered.SetResult();
        });

        await ChooseAsync(visit, "ClearProposed");
        await ChooseAsync(visit, "AnchorCleared");
        await AssertEventsAsync(visit, "AnchorCleared");
        slow.SetResult();
        await answered.Task;

        // The late answer has come when a view that is read after it is shown.
        await visit.Button("Verify the trail").ClickAsync();
        await visit.SeesAsync("Verified");
        await AssertEventsAsync(visit, "AnchorCleared");
        await Assertions.Expect(visit.Button(Older)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task OlderEvents_FieldsChangedMeanwhile_AreThoseOfTheSearchThatIsShown()
    {
        await using var visit = await console.SignInAsync("Olga", ["Operate"]);
        await visit.GoAsync($"tenants/{console.Hostile.Id}/audit");
        await visit.Page.RouteAsync("**/audit?*type=AnchorCleared*", route => FulfillAsync(route, answer => answer["next"] = "more"));
        await visit.Page.RouteAsync("**/audit?*next=*", route => route.FulfillAsync(new() { ContentType = "application/json", Body = """{"items":[],"next":null}""" }));
        await ChooseAsync(visit, "AnchorCleared");
        await Assertions.Expect(visit.Button(Older)).ToBeVisibleAsync();

        await visit.Page.GetByLabel("Who: object id").FillAsync("somebody-else");
        await visit.Page.GetByLabel("Who: object id").BlurAsync();
        var request = await visit.Page.RunAndWaitForRequestAsync(
            () => visit.Button(Older).ClickAsync(), request => request.Url.Contains("next=more", StringComparison.Ordinal));

        Assert.DoesNotContain("somebody-else", request.Url, StringComparison.Ordinal);
        Assert.Contains("type=AnchorCleared", request.Url, StringComparison.Ordinal);
        await Assertions.Expect(visit.Button(Older)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task OlderEvents_ComeAfterAnotherSearch_AreNotMixedIn()
    {
        await using var visit = await console.SignInAsync("Olga", ["Operate"]);
        await visit.GoAsync($"tenants/{console.Hostile.Id}/audit");
        var slow = new TaskCompletionSource();
        var answered = new TaskCompletionSource();
        await visit.Page.RouteAsync("**/audit?*type=ClearProposed*", route => FulfillAsync(route, answer => answer["next"] = "more"));
        await visit.Page.RouteAsync("**/audit?*next=more*", async route =>
        {
            await slow.Task;
            await FulfillAsync(route, answer => answer["next"] = "even-more", route.Request.Url.Replace("next=more", "", StringComparison.Ordinal));
            answered.SetResult();
        });
        await ChooseAsync(visit, "ClearProposed");
        await visit.Button(Older).ClickAsync();

        await ChooseAsync(visit, "AnchorCleared");
        await AssertEventsAsync(visit, "AnchorCleared");
        slow.SetResult();
        await answered.Task;

        await visit.Button("Verify the trail").ClickAsync();
        await visit.SeesAsync("Verified");
        await AssertEventsAsync(visit, "AnchorCleared");
        await Assertions.Expect(visit.Button(Older)).ToHaveCountAsync(0);
    }

    private static async Task ChooseAsync(Visit visit, string type) =>
        await visit.Page.GetByRole(AriaRole.Search).Locator("select").SelectOptionAsync(type);

    private static async Task AssertEventsAsync(Visit visit, string type)
    {
        var events = visit.Page.GetByRole(AriaRole.Table, new() { Name = "Audit events, newest first" }).Locator("tbody th small");
        await Assertions.Expect(events.First).ToHaveTextAsync(type);
        Assert.All(await events.AllInnerTextsAsync(), text => Assert.Equal(type, text));
    }

    private static async Task FulfillAsync(IRoute route, Action<JsonNode> change, string? url = null)
    {
        var answer = await route.FetchAsync(new() { Url = url });
        var json = JsonNode.Parse(await answer.TextAsync())!;
        change(json);
        await route.FulfillAsync(new() { Response = answer, Body = json.ToJsonString() });
    }
}
