using Microsoft.Playwright;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>Whoever signs in gets a page of their own; whoever has to sign in again loses nothing.</summary>
public sealed class SignInTests(SeededConsole console) : BrowserTests
{
    private static readonly string[] Roles = ["Administer", "Approve"];

    [Fact]
    public async Task SignOut_LeavesTheNextPersonNothing()
    {
        var (tenant, review) = await GivenProposalAsync();
        await using var visit = await console.SignInAsync("Paula", Roles);
        await visit.GoAsync($"tenants/{tenant.Id}/settings");
        await visit.Button("Make a key").ClickAsync();
        await visit.SeesAsync("This key is shown once.");
        await visit.GoAsync(review);
        await visit.Page.GetByLabel("Reason").FillAsync("the same person");
        await visit.Page.EvaluateAsync("() => { window.before = true; }");

        await visit.Button("Sign out").ClickAsync();
        await Assertions.Expect(visit.Heading("Sign in to Reanchor")).ToBeVisibleAsync();
        Assert.Equal(console.Console.AbsoluteUri, visit.Page.Url);
        await PasteAsync(visit, "Quentin");

        await Assertions.Expect(visit.Heading("Overview")).ToBeVisibleAsync();
        Assert.False(await visit.Page.EvaluateAsync<bool>("() => 'before' in window"));
        await visit.GoAsync(review);
        await Assertions.Expect(visit.Page.GetByLabel("Reason")).ToHaveValueAsync("");
        await visit.GoAsync($"tenants/{tenant.Id}/settings");
        await Assertions.Expect(visit.Button("Replace the key")).ToBeVisibleAsync();
        Assert.Equal(0, await visit.Page.GetByText("This key is shown once.").CountAsync());
        visit.AssertUneventful();
    }

    [Fact]
    public async Task Back_ToAPageThatTheBrowserKept_LoadsItAnew()
    {
        await using var visit = await console.SignInAsync("Paula", Roles);
        await visit.Page.EvaluateAsync("() => { window.before = true; }");

        await visit.Page.RunAndWaitForRequestAsync(
            () => visit.Page.EvaluateAsync("() => { dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true })); }"), "**/settings.json");

        await visit.ReadAsync();
        Assert.False(await visit.Page.EvaluateAsync<bool>("() => 'before' in window"));
    }

    [Theory]
    [InlineData("Paula", "the same person")]
    [InlineData("Quentin", "")]
    public async Task Expired_SignInAgain_KeepsWhatWasTypedForThatPersonAlone(string next, string kept)
    {
        var (_, review) = await GivenProposalAsync();
        await using var visit = await console.SignInAsync("Paula", Roles);
        await visit.GoAsync(review);
        var reason = visit.Page.GetByLabel("Reason");
        await reason.FillAsync("the same person");
        await visit.Page.RouteAsync(Views.Api, Views.RefuseAsync);

        await visit.Button("Approve").ClickAsync();
        await visit.SeesAsync("Your sign-in has expired. Sign in again at the top of the page; your reason stays.");
        await Assertions.Expect(reason).ToHaveValueAsync("the same person");
        await Assertions.Expect(visit.Page.GetByText("Out of date.")).ToHaveCountAsync(0);

        await visit.Page.UnrouteAsync(Views.Api);
        await visit.Button("Sign in again").ClickAsync();
        await visit.SeesAsync("Your sign-in has expired.");
        await PasteAsync(visit, next);
        await Assertions.Expect(reason).ToHaveValueAsync(kept);
        visit.AssertUneventful("status of 401");
    }

    [Fact]
    public async Task Expired_InADialog_KeepsTheReason()
    {
        await using var visit = await console.SignInAsync("Olga", ["Operate"]);
        await visit.Page.RouteAsync(Views.Api, Views.RefuseAsync);
        await visit.Button("Stop everything").ClickAsync();
        var dialog = visit.Page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Reason").FillAsync("Two customers call");
        await visit.Button("Stop everything now").ClickAsync();
        await Assertions.Expect(dialog).ToContainTextAsync("Your sign-in has expired.");

        await visit.Button("Cancel").ClickAsync();
        await visit.Page.UnrouteAsync(Views.Api);
        await visit.Button("Sign in again").ClickAsync();
        await PasteAsync(visit, "Olga", "Operate");
        await visit.Button("Stop everything").ClickAsync();

        await Assertions.Expect(dialog.GetByLabel("Reason")).ToHaveValueAsync("Two customers call");
        await visit.Button("Cancel").ClickAsync();
        await visit.Button("Stop everything").ClickAsync();
        await Assertions.Expect(dialog.GetByLabel("Reason")).ToHaveValueAsync("");
    }

    private async Task<(SimulatedTenant Tenant, string Review)> GivenProposalAsync()
    {
        var (tenant, proposals) = await console.NewTenantAsync(leftovers: 1);
        return (tenant, $"tenants/{tenant.Id}/review/{proposals[0].GetProperty("proposalId").GetString()}");
    }

    private async Task PasteAsync(Visit visit, string name, params string[] roles)
    {
        await visit.Page.GetByLabel("Token or sign-in link").FillAsync(await console.TokenAsync(name, roles.Length == 0 ? Roles : roles));
        await visit.Button("Sign in").ClickAsync();
        await visit.Page.Locator("header.top").WaitForAsync();
        await visit.ReadAsync();
    }
}
