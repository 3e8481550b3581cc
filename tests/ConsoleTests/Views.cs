using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>Every view of the console by name, and how to get there.</summary>
internal static class Views
{
    private static readonly Dictionary<string, Func<SeededConsole, string>> Addresses = new()
    {
        ["overview"] = _ => "",
        ["findings"] = of => $"tenants/{of.Hostile.Id}/findings",
        ["review"] = of => $"tenants/{of.Hostile.Id}/review",
        ["one proposal"] = of => $"tenants/{of.Hostile.Id}/review/{of.Pending}",
        ["outcomes"] = of => $"tenants/{of.Hostile.Id}/outcomes",
        ["timeline"] = of => $"tenants/{of.Hostile.Id}/outcomes/{of.Cleared}",
        ["diagnose"] = of => $"tenants/{of.Hostile.Id}/diagnose?user={of.HostileUser}",
        ["diagnose anyone"] = _ => "diagnose",
        ["audit"] = of => $"tenants/{of.Hostile.Id}/audit",
        ["audit of the installation"] = _ => "audit",
        ["settings"] = of => $"tenants/{of.Hostile.Id}/settings",
        ["set-up"] = of => $"tenants/{of.Hostile.Id}/setup",
        ["administration"] = _ => "administration",
        ["access"] = _ => "administration/access",
        ["register"] = _ => "administration/register",
        ["nowhere"] = _ => "no/such/view",
        ["bulk"] = of => $"tenants/{of.Hostile.Id}/review",
        ["dialog"] = _ => "",
        ["stopped"] = of => $"tenants/{of.Hostile.Id}/review",
        ["connection lost"] = of => $"tenants/{of.Hostile.Id}/review",
        ["sign-in expired"] = of => $"tenants/{of.Hostile.Id}/review",
    };

    /// <summary>Every answer of the API, but not the page's own files.</summary>
    public static readonly Regex Api = new("/api/(?!console/)");

    /// <summary>What is only there when something is wrong: how the API answers then, and what the page says.</summary>
    private static readonly Dictionary<string, (Func<IRoute, Task> Answer, string Says)> Troubles = new()
    {
        ["stopped"] = (AnswerStoppedAsync, "Everything is stopped."),
        ["connection lost"] = (route => route.AbortAsync(), "The connection is lost"),
        ["sign-in expired"] = (RefuseAsync, "Your sign-in has expired."),
    };

    public static IEnumerable<string> Names => Addresses.Keys;

    /// <summary>Opens a view, and whatever is folded up on it.</summary>
    public static async Task OpenAsync(Visit visit, SeededConsole console, string name)
    {
        await visit.GoAsync(Addresses[name](console));

        if (name == "bulk")
        {
            await visit.Button("Choose all shown").ClickAsync();
            await visit.Button("Approve the chosen …").ClickAsync();
        }

        if (name == "dialog")
        {
            await visit.Button("Stop everything").ClickAsync();
        }

        if (Troubles.TryGetValue(name, out var trouble))
        {
            await visit.Page.RouteAsync(Api, trouble.Answer);
            await Visit.LookAgainAsync(visit.Page);
            await visit.SeesAsync(trouble.Says);
        }

        await visit.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => { details.open = true; })");
        await visit.ReadAsync();
        await Assertions.Expect(visit.Page.Locator("h1")).ToBeVisibleAsync();
        Assert.Equal(0, await visit.Page.GetByText("This could not be read.").CountAsync());
    }

    /// <summary>Back to a page with nothing above it.</summary>
    public static async Task CloseAsync(Visit visit)
    {
        await visit.Page.EvaluateAsync("() => document.querySelectorAll('dialog').forEach(dialog => dialog.close())");
        await visit.Page.UnrouteAsync(Api);

        if (await visit.Button("Sign in again").CountAsync() > 0)
        {
            await visit.Page.ReloadAsync();
            await visit.ReadAsync();
        }
    }

    public static Task RefuseAsync(IRoute route) => Faked.ProblemAsync(route, 401, "The access token has expired. Sign in again.");

    private static Task AnswerStoppedAsync(IRoute route) => !route.Request.Url.EndsWith("/stop", StringComparison.Ordinal)
        ? route.ContinueAsync()
        : Faked.JsonAsync(route, new { stopped = true, by = new { name = HostileNames.Markup }, at = DateTimeOffset.UtcNow, reason = HostileNames.Long });
}
