using System.Runtime.CompilerServices;
using Microsoft.Playwright;

namespace Reanchor.ConsoleTests;

/// <summary>The pictures of the README, taken from the play when <c>REANCHOR_SCREENSHOTS=1</c>.</summary>
internal static class Screenshots
{
    private static readonly bool IsOn = Environment.GetEnvironmentVariable("REANCHOR_SCREENSHOTS") == "1";

    /// <summary>No instant of the run is in the picture, so that it changes only when the page does.</summary>
    private const string StopClocks = """
        () => [...document.querySelectorAll('time')].filter(time => !time.textContent.startsWith('in ')).forEach(time => {
          time.textContent = /ago|now/.test(time.textContent) ? 'just now' : '2 Mar 2026, 08:00';
        })
        """;

    public static async Task TakeAsync(Visit visit, string name)
    {
        if (!IsOn)
        {
            return;
        }

        await visit.ReadAsync();
        await visit.Page.EvaluateAsync(StopClocks);
        await visit.Page.ScreenshotAsync(new() { Path = Path.Combine(Folder(), $"{name}.png"), Animations = ScreenshotAnimations.Disabled });
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath("../../../docs/images", here);
}
