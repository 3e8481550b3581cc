using Microsoft.Playwright;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>The sign-in with Entra, with the library that does it in production.</summary>
public sealed class EntraTests(SeededConsole console) : BrowserTests
{
    /// <summary>As Entra says that the day of a page's refresh token is over.</summary>
    private const string TooOld = """
        {"error":"invalid_grant","error_description":"AADSTS700084: The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which cannot be extended."}
        """;

    private const string Interaction = """{"error":"interaction_required","error_description":"AADSTS50076: Due to a configuration change you must use multi-factor authentication."}""";

    private static readonly string[] Expected = ["login.microsoftonline.com", "status of 400"];

    [Theory]
    [InlineData(TooOld)]
    [InlineData(Interaction)]
    public async Task SignIn_ExpiresWhileTyping_WaitsForAClickAndLosesNothing(string refusal)
    {
        var (tenant, proposals) = await console.NewTenantAsync(leftovers: 1);
        var entra = new EntraStub(console);
        await using var visit = await SignInAsync(entra);
        Assert.Contains("scope=22222222-2222-4222-8222-222222222222%2F.default", entra.SignIns.Single(), StringComparison.Ordinal);
        await visit.GoAsync($"tenants/{tenant.Id}/review/{proposals[0].GetProperty("proposalId").GetString()}");
        var reason = visit.Page.GetByLabel("Reason");
        await reason.PressSequentiallyAsync("the same ");

        entra.Refusal = refusal;
        await Visit.LookAgainAsync(visit.Page);
        await visit.SeesAsync("Your sign-in has expired.");
        await Assertions.Expect(reason).ToBeFocusedAsync();
        await visit.Page.Keyboard.TypeAsync("person");
        Assert.Single(entra.SignIns);

        entra.Refusal = null;
        await visit.Button("Sign in again").ClickAsync();
        await visit.Link("Continue as Paula").ClickAsync();

        await Assertions.Expect(reason).ToHaveValueAsync("the same person");
        await Assertions.Expect(visit.Page.GetByText("Your sign-in has expired.")).ToHaveCountAsync(0);
        await visit.Button("Approve").ClickAsync();
        await visit.SeesAsync("Nothing waits");
        Assert.Equal(2, entra.SignIns.Count);
        visit.AssertUneventful(Expected);
    }

    [Fact]
    public async Task Start_WithASignInThatHasExpired_AsksForAnother()
    {
        var entra = new EntraStub(console);
        await using var visit = await SignInAsync(entra);

        entra.Refusal = TooOld;
        await visit.Page.ReloadAsync();

        await visit.SeesAsync("Your sign-in has expired.");
        await Assertions.Expect(visit.Button("Sign in with Microsoft")).ToBeVisibleAsync();
        Assert.Single(entra.SignIns);
    }

    [Fact]
    public async Task Entra_DoesNotAnswer_IsALostConnection()
    {
        var entra = new EntraStub(console);
        await using var visit = await SignInAsync(entra);

        entra.Answers = false;
        await Visit.LookAgainAsync(visit.Page);
        await visit.SeesAsync("The connection is lost");
        Assert.Equal(0, await visit.Page.GetByText("Your sign-in has expired.").CountAsync());

        entra.Answers = true;
        await Visit.LookAgainAsync(visit.Page);
        await Assertions.Expect(visit.Page.GetByText("The connection is lost")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task SignOut_LeavesNothingInTheTabAndComesBackToTheConsole()
    {
        var entra = new EntraStub(console);
        await using var visit = await SignInAsync(entra);
        await visit.GoAsync("administration");

        await visit.Button("Sign out").ClickAsync();
        await Assertions.Expect(visit.Heading("You are signed out")).ToBeVisibleAsync();

        Assert.Contains($"post_logout_redirect_uri={Uri.EscapeDataString(console.Console.AbsoluteUri)}&", $"{entra.SignOuts.Single()}&", StringComparison.Ordinal);
        await visit.Page.GotoAsync(console.Console.AbsoluteUri);
        await Assertions.Expect(visit.Button("Sign in with Microsoft")).ToBeVisibleAsync();
        Assert.Equal(0, await visit.Page.EvaluateAsync<int>(
            "() => Object.values({ ...sessionStorage, ...localStorage }).filter(text => /paula|refresh/i.test(text)).length"));
    }

    private async Task<Visit> SignInAsync(EntraStub entra)
    {
        var visit = await Visit.StartAsync(console);
        await entra.StartAsync(visit.Page.Context);
        await visit.Page.GotoAsync(console.Console.AbsoluteUri);
        await visit.Button("Sign in with Microsoft").ClickAsync();
        await visit.Link("Continue as Paula").ClickAsync();
        await Assertions.Expect(visit.Heading("Overview")).ToBeVisibleAsync();
        await visit.ReadAsync();
        return visit;
    }
}
