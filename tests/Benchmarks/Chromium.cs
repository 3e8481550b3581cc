using Microsoft.Playwright;

namespace Reanchor.Benchmarks;

/// <summary>The browser that the operating system has, under Debian's name or Google's. Nothing is downloaded.</summary>
public sealed class Chromium : IAsyncDisposable
{
    /// <summary>Why a test is skipped without it.</summary>
    public const string Missing = "There is no Chromium in /usr/bin. On Debian: apt-get install chromium.";

    private static readonly string? Program = new[] { "/usr/bin/chromium", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    private readonly IPlaywright _playwright;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, Browser) = (playwright, browser);

    public static bool IsInstalled => Program is not null;

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
