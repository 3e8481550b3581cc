using Microsoft.Playwright;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>What cannot be undone, in the browser: Olga asks for it, Rosa and Piet approve it.</summary>
public sealed class SecondClearTests(SeededConsole console) : BrowserTests
{
    private const string Foreign = "5d5f6d3e-0000-4000-8000-000000000009";

    [Fact]
    public async Task SecondClear_AfterASyncThatRefused_TakesTwoPeopleWhoKnowThatItCannotBeUndone()
    {
        var (tenant, proposals) = await console.NewTenantAsync(leftovers: 1, CarryForeignIdentifier, new { includeForeignObjectIdentifier = true });
        var path = $"tenants/{tenant.Id}";
        var first = proposals[0].GetProperty("proposalId").GetString()!;
        await using var olga = await console.SignInAsync("Olga", ["Operate", "Approve"]);
        await using var rosa = await console.SignInAsync("Rosa", ["Approve"]);
        await rosa.GoAsync($"{path}/review/{first}");
        await rosa.Page.GetByLabel("Reason").FillAsync("The same person");
        await rosa.Button("Approve").ClickAsync();
        await Assertions.Expect(rosa.Page.Locator("#polite")).ToContainTextAsync("approved; a second person is needed");
        await console.DecideAsync(path, proposals[0], "approve");
        await console.StatusAsync(path, first, "cleared");
        tenant.RunSync();

        await olga.GoAsync($"{path}/outcomes/{first}");
        await olga.Button("Ask for the second clear …").ClickAsync();
        await olga.ConfirmAsync("Sync reports AttributeUpdateNotAllowed", "Ask for it");
        await olga.Link("Review it").ClickAsync();
        await olga.SeesAsync("You asked for the scan or the clear, so someone else has to approve it.");
        var second = olga.Page.Url.Split('/')[^1];
        Assert.NotEqual(first, second);

        await rosa.GoAsync($"{path}/review/{second}");
        await rosa.SeesAsync(Foreign);
        await rosa.Page.GetByLabel("Reason").FillAsync("Olga and I looked at it together");
        await rosa.Button("Approve").ClickAsync();
        await rosa.SeesAsync("Confirm that you know it cannot be undone.");
        await rosa.Page.GetByLabel("I know that this cannot be undone.").CheckAsync();
        await rosa.Button("Approve").ClickAsync();
        await Assertions.Expect(rosa.Page.Locator("#polite")).ToContainTextAsync("approved; a second person is needed");

        var waiting = await console.Ada.GetAsync($"{path}/proposals/{second}");
        await console.DecideAsync(path, waiting, "approve");
        await olga.GoAsync($"{path}/outcomes/{second}");
        await olga.SeesAsync("Object identifier cleared");
        await olga.SeesAsync("An object identifier cannot be put back: Entra takes no other value than null.");
        Assert.Null(tenant.FindUser(waiting.GetProperty("userId").GetGuid())!.OnPremisesObjectIdentifier);
        tenant.RunSync();
        await olga.SeesAsync("The next sync matched the expected account.");
        olga.AssertUneventful();
        rosa.AssertUneventful();
    }

    private static void CarryForeignIdentifier(SimulatedTenant tenant)
    {
        tenant.Settings = tenant.Settings with { ObjectIdentifierBlocksSoftMatch = true };
        tenant.UpdateUser(tenant.Users.Single(user => user.OnPremisesImmutableId is not null).Id, user => user with { OnPremisesObjectIdentifier = Foreign });
    }
}
