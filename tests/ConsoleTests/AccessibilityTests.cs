using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>axe-core has nothing to say about any view, folded parts open, in either theme.</summary>
public sealed class AccessibilityTests(SeededConsole console, AccessibilityTests.Visits visits) : BrowserTests, IClassFixture<AccessibilityTests.Visits>
{
    public static TheoryData<string, ColorScheme> Cases =>
        [.. Views.Names.SelectMany(view => new[] { (view, ColorScheme.Light), (view, ColorScheme.Dark) })];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task View_InTheme_HasNoViolation(string view, ColorScheme theme)
    {
        var visit = await visits.InAsync(console, theme);
        await Views.OpenAsync(visit, console, view);

        var result = await visit.Page.RunAxe();

        Assert.Empty(result.Violations.SelectMany(Describe));
        await Views.CloseAsync(visit);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task SignIn_InTheme_HasNoViolation(ColorScheme theme)
    {
        await using var visit = await Visit.StartAsync(console, theme);
        await visit.Page.GotoAsync(console.Console.AbsoluteUri);
        await visit.ReadAsync();

        var result = await visit.Page.RunAxe();

        Assert.Empty(result.Violations.SelectMany(Describe));
    }

    private static IEnumerable<string> Describe(AxeResultItem violation) =>
        violation.Nodes.Select(node => $"{violation.Id}: {violation.Help} In {node.Html}");

    /// <summary>One browser for each theme, for all the cases.</summary>
    public sealed class Visits : IAsyncLifetime
    {
        private readonly Dictionary<ColorScheme, Visit> _visits = [];

        public ValueTask InitializeAsync() => ValueTask.CompletedTask;

        internal async Task<Visit> InAsync(SeededConsole console, ColorScheme theme)
        {
            if (!_visits.TryGetValue(theme, out var visit))
            {
                _visits[theme] = visit = await console.SignInAsync("Olga", ["Operate", "Approve", "Administer"], theme);
            }

            return visit;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var visit in _visits.Values)
            {
                await visit.DisposeAsync();
            }
        }
    }
}
