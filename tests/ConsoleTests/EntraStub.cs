using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Web;
using Microsoft.AspNetCore.Http;
using Microsoft.Playwright;
using Reanchor.Functions.Access;
using Reanchor.Functions.Http;
using Reanchor.Functions.Pages;
using Reanchor.Json;

namespace Reanchor.ConsoleTests;

/// <summary>
/// Stands in for Entra in one browser, at Entra's own address: the page and its sign-in library are the real ones. The access tokens are
/// LocalHost's, which is what the API behind takes.
/// </summary>
internal sealed class EntraStub(ConsoleHost console)
{
    private const string Directory = "11111111-1111-4111-8111-111111111111";
    private const string Person = "33333333-3333-4333-8333-333333333333";

    private static readonly AccessOptions Access = new()
    {
        Authority = $"https://login.microsoftonline.com/{Directory}/v2.0",
        Audience = "api://reanchor",
        ClientId = "22222222-2222-4222-8222-222222222222",
    };

    private string? _nonce;

    /// <summary>What follows <c>?</c> of each time that the page sent somebody to sign in or out.</summary>
    public List<string> SignIns { get; } = [];

    public List<string> SignOuts { get; } = [];

    /// <summary>What is answered to a request for a token, instead of one, while it is set.</summary>
    public string? Refusal { get; set; }

    /// <summary>Whether it can be reached at all.</summary>
    public bool Answers { get; set; } = true;

    public async Task StartAsync(IBrowserContext context)
    {
        await context.RouteAsync(new Regex($"^{Regex.Escape(console.Console.AbsoluteUri)}(#.*)?$"), SendPageAsync);
        await context.RouteAsync($"{console.Console}settings.json", route => Faked.JsonAsync(
            route, JsonSerializer.Serialize(ConsoleSettings.Of(Access), ReanchorJson.Options)));
        await context.RouteAsync($"https://login.microsoftonline.com/{Directory}/oauth2/v2.0/**", AnswerAsync);
    }

    /// <summary>With the headers that it has under Entra.</summary>
    private static async Task SendPageAsync(IRoute route)
    {
        var answer = await route.FetchAsync();
        var context = new DefaultHttpContext();
        SecurityHeaders.AllowPage(context.Response, Access);
        await route.FulfillAsync(new()
        {
            Response = answer,
            Headers = answer.Headers.ToDictionary(
                header => header.Key,
                header => header.Key == "content-security-policy" ? context.Response.Headers.ContentSecurityPolicy.ToString() : header.Value),
        });
    }

    private Task AnswerAsync(IRoute route)
    {
        var address = new Uri(route.Request.Url);
        var query = HttpUtility.ParseQueryString(address.Query);

        switch (address.Segments[^1])
        {
            case "authorize":
                SignIns.Add(address.Query);
                _nonce = query["nonce"];
                var back = $"{query["redirect_uri"]}#code=a-code&state={Uri.EscapeDataString(query["state"]!)}";
                return PageAsync(route, $"""<a href="{HttpUtility.HtmlAttributeEncode(back)}">Continue as Paula</a>""");
            case "logout":
                SignOuts.Add(address.Query);
                return PageAsync(route, "<h1>You are signed out</h1>");
            default:
                return Answers ? SendTokenAsync(route) : route.AbortAsync();
        }
    }

    private async Task SendTokenAsync(IRoute route) => await route.FulfillAsync(new()
    {
        Status = Refusal is null ? 200 : 400,
        Headers = new Dictionary<string, string> { ["access-control-allow-origin"] = "*", ["content-type"] = "application/json" },
        Body = Refusal ?? JsonSerializer.Serialize(new
        {
            token_type = "Bearer",
            scope = $"{Access.ClientId}/.default",

            // Over at once, so that every call asks for the next one.
            expires_in = 1,
            access_token = await console.TokenAsync("Paula", "Approve"),
            refresh_token = "a-refresh-token",
            client_info = Encode(new { uid = Person, utid = Directory }),
            id_token = $"e30.{Encode(new
            {
                iss = Access.Authority,
                aud = Access.ClientId,
                tid = Directory,
                oid = Person,
                sub = Person,
                name = "Paula",
                preferred_username = "paula@msp.example",
                nonce = _nonce,
                iat = DateTimeOffset.UtcNow.ToUnixTimeSeconds(),
                exp = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds(),
            })}.signature",
        }),
    });

    private static Task PageAsync(IRoute route, string body) =>
        route.FulfillAsync(new() { ContentType = "text/html", Body = $"<!doctype html><title>Entra</title>{body}" });

    private static string Encode<T>(T claims) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(claims)));
}
