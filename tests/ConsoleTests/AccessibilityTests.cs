using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>axe-core has nothing to say about any view, folded parts open: light on a wide screen, dark on a telephone.</summary>
public sealed class AccessibilityTests(SeededConsole console, AccessibilityTests.OneVisit shared) : BrowserTests, IClassFixture<AccessibilityTests.OneVisit>
{
    private static readonly AxeRunOptions Everything = new() { ResultTypes = [ResultType.Violations] };

    /// <summary>What theme and width can break; the rest is the same in all of them.</summary>
    private static readonly AxeRunOptions Looks = new()
    {
        ResultTypes = [ResultType.Violations],
        RunOnly = RunOnlyOptions.Rules("color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"),
    };

    public static TheoryData<string> Cases => [.. Views.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task View_HasNoViolation(string view)
    {
        var visit = await shared.VisitAsync(console);
        await Views.OpenAsync(visit, console, view);

        Assert.Empty(await ViolationsAsync(visit.Page));

        await Views.CloseAsync(visit);
    }

    [Fact]
    public async Task SignIn_HasNoViolation()
    {
        await using var visit = await Visit.StartAsync(console);
        await visit.Page.GotoAsync(console.Console.AbsoluteUri);
        await visit.ReadAsync();

        Assert.Empty(await ViolationsAsync(visit.Page));
    }

    private static async Task<List<string>> ViolationsAsync(IPage page)
    {
        List<string> violations = [];

        foreach (var (theme, width, options) in new[] { (ColorScheme.Light, 1280, Everything), (ColorScheme.Dark, 390, Looks) })
        {
            await page.EmulateMediaAsync(new() { ColorScheme = theme });
            await page.SetViewportSizeAsync(width, 900);
            var result = await page.RunAxe(options);
            violations.AddRange(result.Violations.SelectMany(v => v.Nodes.Select(node => $"{theme}: {v.Id}: {v.Help} In {node.Html}")));
        }

        return violations;
    }

    /// <summary>One browser for all the cases.</summary>
    public sealed class OneVisit : IAsyncLifetime
    {
        private Visit? _visit;

        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        internal async Task<Visit> VisitAsync(SeededConsole console) =>
            _visit ??= await console.SignInAsync("Olga", ["Operate", "Approve", "Administer"]);

        public ValueTask DisposeAsync() => _visit?.DisposeAsync() ?? ValueTask.CompletedTask;
    }
}
