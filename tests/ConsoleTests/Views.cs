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
    };

    public static IEnumerable<string> Names => Addresses.Keys;

    /// <summary>Those that fill the page, without what stands above one of them.</summary>
    public static IEnumerable<string> Pages => Names.Except(["bulk", "dialog"]);

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

        await visit.Page.EvaluateAsync("() => document.querySelectorAll('details').forEach(details => { details.open = true; })");
        await visit.ReadAsync();
        await Assertions.Expect(visit.Page.Locator("h1")).ToBeVisibleAsync();
        Assert.Equal(0, await visit.Page.GetByText("This could not be read.").CountAsync());
    }

    /// <summary>Back to a page with nothing above it.</summary>
    public static Task CloseAsync(Visit visit) =>
        visit.Page.EvaluateAsync("() => document.querySelectorAll('dialog').forEach(dialog => dialog.close())");
}
