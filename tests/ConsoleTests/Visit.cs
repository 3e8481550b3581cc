using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>One person's browser at the console. It notes all that must never happen there: see <see cref="AssertUneventful"/>.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _events = new();
    private readonly Uri _console;

    private Visit(IBrowserContext context, IPage page, Uri console) => (_context, Page, _console) = (context, page, console);

    public IPage Page { get; }

    public static async Task<Visit> StartAsync(ConsoleHost host, ColorScheme theme = ColorScheme.Light, int width = 1280)
    {
        var context = await host.Browser.NewContextAsync(new()
        {
            ColorScheme = theme,
            ViewportSize = new() { Width = width, Height = 900 },
            Locale = "en-GB",
            TimezoneId = "UTC",
        });
        context.SetDefaultTimeout(ConsoleHost.Patience);
        var visit = new Visit(context, await context.NewPageAsync(), host.Console);
        visit.Watch();
        return visit;
    }

    /// <summary>Goes to a view as a link would, and waits until it has read what it shows, unless told otherwise.</summary>
    /// <param name="address">What follows <c>#/</c>.</param>
    public async Task GoAsync(string address, bool wait = true)
    {
        await Page.EvaluateAsync(
            "hash => location.hash === hash || new Promise(done => { addEventListener('hashchange', () => done(true), { once: true }); location.hash = hash; })",
            $"#/{address}");

        if (wait)
        {
            await ReadAsync();
        }
    }

    /// <summary>Has the page read everything again at once, as when somebody comes back to it.</summary>
    public static Task LookAgainAsync(IPage page) => page.EvaluateAsync("() => document.dispatchEvent(new Event('visibilitychange'))");

    /// <summary>The same, and waits until it is done.</summary>
    public Task LookAgainAsync() => Page.RunAndWaitForResponseAsync(() => LookAgainAsync(Page), response => response.Url.EndsWith("/api/stop", StringComparison.Ordinal));

    /// <summary>Waits until nothing on the page is still being read.</summary>
    public Task ReadAsync() => Page.WaitForFunctionAsync("() => document.querySelector('h1') && !document.querySelector('.loading')");

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name, Exact = true });

    public ILocator Heading(string name) => Page.GetByRole(AriaRole.Heading, new() { Name = name, Exact = true });

    public Task SeesAsync(string text) => Assertions.Expect(Page.GetByText(text).First).ToBeVisibleAsync();

    /// <summary>From now on the page gets the API's answers changed, as if something were so that is hard to bring about.</summary>
    /// <param name="path">What follows <c>/api/</c>, with the stars of a glob.</param>
    public Task AlterAsync(string path, Action<JsonNode> change) => Page.RouteAsync($"**/api/{path}", async route =>
    {
        var answer = await route.FetchAsync();
        var json = JsonNode.Parse(await answer.TextAsync())!;
        change(json);
        await route.FulfillAsync(new() { Response = answer, Body = json.ToJsonString() });
    });

    /// <summary>Fills the reason of the open dialog in, and confirms.</summary>
    public async Task ConfirmAsync(string reason, string button)
    {
        var dialog = Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync(reason);
        await dialog.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await Assertions.Expect(dialog).ToHaveCountAsync(0);
    }

    /// <summary>
    /// No request left the origin, no answer allowed inline script or style, and there was no native dialog, no uncaught exception, no breach of
    /// the content security policy and no other error in the browser's console.
    /// </summary>
    /// <param name="expected">Parts of errors that the test has caused on purpose.</param>
    public void AssertUneventful(params string[] expected) =>
        Assert.All(_events, line => Assert.True(expected.Any(part => line.Contains(part, StringComparison.Ordinal)), line));

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Watch()
    {
        var origin = _console.GetLeftPart(UriPartial.Authority) + "/";

        _context.Request += (_, request) => Note(
            !request.Url.StartsWith(origin, StringComparison.Ordinal) && !request.Url.StartsWith($"blob:{origin}", StringComparison.Ordinal),
            $"A request left the origin: {request.Url}");
        _context.Response += (_, response) => Note(
            response.Url.StartsWith(origin, StringComparison.Ordinal) && !IsStrict(response.Headers.GetValueOrDefault("content-security-policy")),
            $"No strict content security policy at {response.Url}");
        Page.Console += (_, message) => Note(message.Type == "error", $"Console: {message.Text} {message.Location}");
        Page.PageError += (_, error) => Note(true, $"Uncaught: {error}");
        Page.Dialog += (_, dialog) =>
        {
            Note(true, $"Dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    private void Note(bool happened, string what)
    {
        if (happened)
        {
            _events.Enqueue(what);
        }
    }

    private static bool IsStrict(string? policy) =>
        policy is not null && policy.Contains("default-src 'none'", StringComparison.Ordinal) && !policy.Contains("'unsafe-", StringComparison.Ordinal);
}
