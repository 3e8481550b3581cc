using Microsoft.Playwright;
using Reanchor.IntegrationTests;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>What two people do at once, and what is done while the connection is lost.</summary>
public sealed class TogetherTests(SeededConsole console) : BrowserTests
{
    [Fact]
    public async Task Decision_OfTwoAtOnce_TellsTheLoserWhoDecidedAndKeepsWhatWasTyped()
    {
        var (tenant, proposals) = await console.NewTenantAsync(leftovers: 1);
        var view = $"tenants/{tenant.Id}/review/{proposals[0].GetProperty("proposalId").GetString()}";
        await using var paula = await console.SignInAsync("Paula", ["Approve"]);
        await using var quentin = await console.SignInAsync("Quentin", ["Approve"]);
        var both = new TaskCompletionSource();
        var waiting = 0;
        Dictionary<string, Visit> visits = new() { ["Paula"] = paula, ["Quentin"] = quentin };

        foreach (var (name, visit) in visits)
        {
            await visit.Page.RouteAsync("**/decision", async route =>
            {
                if (Interlocked.Increment(ref waiting) == visits.Count)
                {
                    both.SetResult();
                }

                await both.Task;
                await route.ContinueAsync();
            });
            await visit.GoAsync(view);
            await visit.Page.GetByLabel("Reason").FillAsync($"{name} has compared them");
        }

        await paula.Button("Approve").ClickAsync();
        await quentin.Button("Reject").ClickAsync();
        var won = "Nothing waits";
        await Deadline.UntilAsync("one has won", async () =>
            await paula.Page.GetByText(won).CountAsync() + await quentin.Page.GetByText(won).CountAsync() > 0);

        var (winner, loser) = await paula.Page.GetByText(won).CountAsync() > 0 ? ("Paula", "Quentin") : ("Quentin", "Paula");
        await visits[loser].SeesAsync("This is decided.");
        await visits[loser].SeesAsync($"You had typed: “{loser} has compared them”");
        await Assertions.Expect(visits[loser].Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = winner == "Paula" ? "Paula approved it" : "Quentin rejected it" }))
            .ToContainTextAsync($"“{winner} has compared them”");
        visits[winner].AssertUneventful();
        visits[loser].AssertUneventful("status of 409");
    }

    [Fact]
    public async Task Connection_LostWhileDeciding_IsSaidAndLosesNothing()
    {
        var (tenant, proposals) = await console.NewTenantAsync(leftovers: 1);
        await using var visit = await console.SignInAsync("Paula", ["Approve"]);
        await visit.GoAsync($"tenants/{tenant.Id}/review/{proposals[0].GetProperty("proposalId").GetString()}");
        var reason = visit.Page.GetByLabel("Reason");
        await reason.FillAsync("the same person");
        await visit.Page.RouteAsync("**/api/**", route => route.AbortAsync());

        await visit.Button("Approve").ClickAsync();

        await visit.SeesAsync("The connection is lost");
        await visit.SeesAsync("Reanchor does not answer. Check your connection.");
        await Assertions.Expect(reason).ToHaveValueAsync("the same person");

        await visit.Page.UnrouteAsync("**/api/**");
        await Visit.LookAgainAsync(visit.Page);

        await Assertions.Expect(visit.Page.GetByText("The connection is lost")).ToHaveCountAsync(0);
        await Assertions.Expect(reason).ToHaveValueAsync("the same person");
        await visit.Button("Approve").ClickAsync();
        await visit.SeesAsync("Nothing waits");
        visit.AssertUneventful("net::ERR_FAILED");
    }
}
