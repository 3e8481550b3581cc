using Microsoft.Playwright;

namespace Reanchor.Benchmarks;

/// <summary>The browser of the operating system, as Debian installs it. Nothing is downloaded.</summary>
public sealed class Chromium : IAsyncDisposable
{
    /// <summary>Why a test is skipped without it.</summary>
    public const string Missing = "There is no /usr/bin/chromium here. On Debian: apt-get install chromium.";

    private const string Program = "/usr/bin/chromium";

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    public static bool IsInstalled => File.Exists(Program);

    public IBrowser Browser { get; }

    public static async Task<Chromium> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();

        // Chromium's sandbox refuses root, and a container has nobody else. It only sees pages of this repository.
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Program,
            Args = Environment.UserName == "root" ? ["--no-sandbox"] : [],
        });
        return new(playwright, browser);
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }
}
