using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>
/// The pictures of the README, each with the text that is in it. With <c>REANCHOR_SCREENSHOTS=1</c> the play takes them; otherwise it compares the
/// text, so that a picture of a page that has changed since is noticed. Pixels differ from one machine to another, words do not.
/// </summary>
internal static partial class Screenshots
{
    private static readonly bool AreTaken = Environment.GetEnvironmentVariable("REANCHOR_SCREENSHOTS") == "1";

    /// <summary>No instant of the run is in the picture, so that it changes only when the page does. The nodes stay the page's own.</summary>
    private const string StopClocks = """
        () => {
          for (const time of document.querySelectorAll('time')) {
            const text = [...time.childNodes].find(node => node.nodeType === Node.TEXT_NODE);
            if (!text.data.startsWith('in ')) text.data = /ago|now/.test(text.data) ? 'just now' : '2 Mar 2026, 08:00';
          }
          return document.getElementById('app').innerText;
        }
        """;

    public static async Task TakeOrCompareAsync(Visit visit, string name)
    {
        await visit.ReadAsync();
        var text = Steady(await visit.Page.EvaluateAsync<string>(StopClocks));
        var path = Path.Combine(Folder(), name);

        if (AreTaken)
        {
            await visit.Page.ScreenshotAsync(new() { Path = $"{path}.png", Animations = ScreenshotAnimations.Disabled });
            await File.WriteAllTextAsync($"{path}.txt", text, TestContext.Current.CancellationToken);
            return;
        }

        var pictured = await File.ReadAllTextAsync($"{path}.txt", TestContext.Current.CancellationToken);
        Assert.True(
            pictured == text,
            $"The page is not as docs/images/{name}.png shows it. If it is right, run this test with REANCHOR_SCREENSHOTS=1 and look at the picture. The page says now:\n{text}");
    }

    /// <summary>Without what differs from run to run.</summary>
    private static string Steady(string text) => string.Concat(
        Changing().Replace(text, found => found.Value.EndsWith("ago", StringComparison.Ordinal) ? "just now" : "…")
            .Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0).Select(line => $"{line}\n"));

    /// <summary>Anchors, ids and short times.</summary>
    [GeneratedRegex(@"[A-Za-z0-9+/]{22}==|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d+ minutes? ago")]
    private static partial Regex Changing();

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath("../../../docs/images", here);
}
