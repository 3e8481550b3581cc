using System.Text.Json;
using Microsoft.Playwright;

namespace Reanchor.ConsoleTests;

/// <summary>Answers in the API's place, with the header that all of the API's have.</summary>
internal static class Faked
{
    public static Task JsonAsync(IRoute route, object body) => SendAsync(route, 200, "application/json", body as string ?? JsonSerializer.Serialize(body));

    public static Task ProblemAsync(IRoute route, int status, string detail) =>
        SendAsync(route, status, "application/problem+json", JsonSerializer.Serialize(new { status, detail }));

    private static Task SendAsync(IRoute route, int status, string type, string body) => route.FulfillAsync(new()
    {
        Status = status,
        Headers = new Dictionary<string, string> { ["content-type"] = type, ["content-security-policy"] = "default-src 'none'" },
        Body = body,
    });
}
