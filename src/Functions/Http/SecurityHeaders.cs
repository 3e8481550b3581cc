using Microsoft.AspNetCore.Http;
using Reanchor.Functions.Access;
using Reanchor.Functions.Reports;

namespace Reanchor.Functions.Http;

/// <summary>
/// What every answer carries, refusals too: a browser must not guess at it, keep it, frame it or run anything in it. No header lets
/// another origin read it.
/// </summary>
public static class SecurityHeaders
{
    private static readonly (string Name, string Value)[] All =
    [
        ("X-Content-Type-Options", "nosniff"),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ];

    /// <summary>
    /// For a file of the console instead: a browser may keep it but has to ask whether it still holds, and runs and loads what comes from
    /// our own origin. Under Entra the page gets its tokens from the authority, which nothing else of it may talk to.
    /// </summary>
    public static void AllowPage(HttpResponse response, AccessOptions access)
    {
        var authority = access.Directory is null ? "" : $" {new Uri(access.Authority).GetLeftPart(UriPartial.Authority)}";
        response.Headers.CacheControl = "no-cache";
        response.Headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
            + $"connect-src 'self'{authority}; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
    }

    /// <summary>For a report, which is one page: it may use its own style, and load and run nothing.</summary>
    public static string ReportPolicy { get; } = $"default-src 'none'; style-src {ReportStyle.Hash}; base-uri 'none'; form-action 'none'";

    /// <inheritdoc cref="ReportPolicy"/>
    public static void AllowReport(HttpResponse response) =>
        response.Headers.ContentSecurityPolicy = $"{ReportPolicy}; frame-ancestors 'none'";

    /// <summary>Just before the answer is sent, so that whatever clears it keeps them; what the answer says itself goes first.</summary>
    public static void PutOn(HttpResponse response) => response.OnStarting(() =>
    {
        foreach (var (name, value) in All)
        {
            response.Headers.TryAdd(name, value);
        }

        if (response.HttpContext.Request.IsHttps)
        {
            response.Headers.TryAdd("Strict-Transport-Security", "max-age=31536000");
        }

        return Task.CompletedTask;
    });
}
