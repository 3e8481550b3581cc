using Microsoft.Playwright;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>Names from directories are text: on every view, in the report, and whatever the width.</summary>
public sealed class HostileNamesTests(SeededConsole console) : BrowserTests
{
    /// <summary>What has become an element of a name that should be text.</summary>
    private const string Elements = "img[src='x'], [onerror], script:not([src]), body b";

    /// <summary>
    /// Texts that turn the direction of writing and are not isolated, so that they turn what stands beside them, too. A line of its own
    /// isolates as well.
    /// </summary>
    private const string TurningTexts = """
        () => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          const found = [];
          const inline = element => getComputedStyle(element).display === 'inline';
          const line = element => [...element.childNodes].map(child =>
            child.nodeType === Node.TEXT_NODE ? child.data : child.nodeType === Node.ELEMENT_NODE && inline(child) ? line(child) : '').join('');
          while (walker.nextNode()) {
            const node = walker.currentNode;
            if (!node.data.includes('\u202E') || ['OPTION', 'TEXTAREA', 'TITLE'].includes(node.parentElement.tagName)) continue;
            let element = node.parentElement;
            while (inline(element) && !/isolate|plaintext/.test(getComputedStyle(element).unicodeBidi)) element = element.parentElement;
            if (line(element).trim() !== node.data.trim()) found.push(element.outerHTML.slice(0, 300));
          }
          return found;
        }
        """;

    private const string Overflow = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth";

    public static TheoryData<int> Widths => [390, 1280];

    [Theory]
    [MemberData(nameof(Widths))]
    public async Task Views_AtWidth_ShowNamesAsTextAndDoNotScrollSideways(int width)
    {
        await using var visit = await console.SignInAsync("Olga", ["Operate", "Approve", "Administer"], width: width);
        List<string> faults = [];

        foreach (var view in Views.Names)
        {
            await Views.OpenAsync(visit, console, view);
            var overflow = await visit.Page.EvaluateAsync<int>(Overflow);
            faults.AddRange(overflow > 0 ? [$"{view} is {overflow} pixels too wide"] : []);
            faults.AddRange((await MarkupAsync(visit.Page)).Select(html => $"{view} made an element of a name: {html}"));
            faults.AddRange((await visit.Page.EvaluateAsync<string[]>(TurningTexts)).Select(html => $"{view} lets a name turn its surroundings: {html}"));
            await Views.CloseAsync(visit);
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
        visit.AssertUneventful("net::ERR_FAILED", "status of 401");
    }

    [Theory]
    [InlineData("overview", HostileNames.Markup)]
    [InlineData("findings", HostileNames.Markup)]
    [InlineData("findings", HostileNames.Formula)]
    [InlineData("review", HostileNames.RightToLeft)]
    [InlineData("bulk", HostileNames.RightToLeft)]
    [InlineData("one proposal", HostileNames.Markup)]
    [InlineData("outcomes", HostileNames.Markup)]
    [InlineData("timeline", HostileNames.Markup)]
    [InlineData("diagnose", HostileNames.Markup)]
    [InlineData("audit", HostileNames.Markup)]
    [InlineData("settings", HostileNames.Markup)]
    [InlineData("administration", HostileNames.Markup)]
    public async Task View_HostileName_IsShownAsItIs(string view, string name)
    {
        await using var visit = await console.SignInAsync("Olga", ["Operate", "Approve", "Administer"]);

        await Views.OpenAsync(visit, console, view);

        // The tenant's own name stands above each of its views, and in the title of some.
        var texts = await visit.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('#main > :not(.title)')].map(part => part.textContent)");
        Assert.Contains(texts, text => text.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Report_HostileNames_AreShownAsText()
    {
        await using var visit = await console.SignInAsync("Olga", ["Operate"]);
        await Views.OpenAsync(visit, console, "findings");
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Button("Report for the customer").ClickAsync());

        // As whoever gets it by mail opens it.
        await using var reader = await console.Browser.NewContextAsync();
        var page = await reader.NewPageAsync();
        List<string> events = [];
        page.Request += (_, request) => events.Add($"Requested {request.Url}");
        page.Dialog += (_, dialog) => events.Add($"Dialog {dialog.Message}");
        page.Console += (_, message) => events.Add($"Console {message.Text}");
        var file = $"{await download.PathAsync()}.html";
        await download.SaveAsAsync(file);
        await page.GotoAsync($"file://{file}");

        Assert.Empty(await MarkupAsync(page));
        Assert.Equal($"Requested file://{file}", Assert.Single(events));
        var text = await page.Locator("body").TextContentAsync();
        Assert.All(HostileNames.All, name => Assert.Contains(name, text, StringComparison.Ordinal));
        Assert.True(await page.EvaluateAsync<int>(Overflow) <= 0);
        Assert.Empty(await page.EvaluateAsync<string[]>(TurningTexts));
        visit.AssertUneventful();
    }

    private static Task<string[]> MarkupAsync(IPage page) =>
        page.EvaluateAsync<string[]>("selector => [...document.querySelectorAll(selector)].map(element => element.outerHTML)", Elements);
}
