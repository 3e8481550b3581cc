using System.Net;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>The console as a browser gets it from a running LocalHost.</summary>
public sealed class ConsoleTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Console_IsServedWithItsLibrariesAndStrictHeaders()
    {
        await using var stage = await Stage.SetAsync();
        await using var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = host.Origin };

        foreach (var address in (string[])["/", "/console"])
        {
            using var led = await browser.GetAsync(address, Cancellation);
            Assert.Equal("/api/console/", led.Headers.Location!.OriginalString);
        }

        using var bare = await browser.GetAsync("/api/console", Cancellation);
        Assert.Equal("console/", bare.Headers.Location!.OriginalString);

        using var page = await browser.GetAsync("/api/console/", Cancellation);
        Assert.Equal(("text/html", HttpStatusCode.OK), (page.Content.Headers.ContentType!.MediaType, page.StatusCode));
        Assert.Equal("no-cache", page.Headers.CacheControl!.ToString());
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
            + "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            Assert.Single(page.Headers.GetValues("Content-Security-Policy")));

        using var again = new HttpRequestMessage(HttpMethod.Get, "/api/console/");
        again.Headers.IfNoneMatch.Add(page.Headers.ETag!);
        using var unchanged = await browser.SendAsync(again, Cancellation);
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);

        using var library = await browser.GetAsync("/api/console/lib/lit-html/lit-html.js", Cancellation);
        Assert.Equal(("text/javascript", HttpStatusCode.OK), (library.Content.Headers.ContentType!.MediaType, library.StatusCode));

        Assert.Equal(
            $$"""{"signIn":"local","authority":"{{host.Origin}}local","clientId":null,"scope":null}""",
            await browser.GetStringAsync("/api/console/settings.json", Cancellation));

        foreach (var outside in (string[])["..%2fhost.json", "..%5chost.json", "%2e%2e%2fReanchor.LocalHost.dll", "%00.html", "lib", "%2fetc%2fpasswd"])
        {
            using var refused = await browser.GetAsync($"/api/console/{outside}", Cancellation);
            Assert.True(refused.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.BadRequest, $"{outside}: {refused.StatusCode}");
        }

        Assert.Contains($"Olga, Operate: {host.Origin}api/console/#token=", host.Output, StringComparison.Ordinal);
    }
}
