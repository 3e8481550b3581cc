using Microsoft.Playwright;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>A tenant that has not consented: Graph lets nobody in, and the page says what to do.</summary>
public sealed class ConsentTests(SeededConsole console) : BrowserTests
{
    [Fact]
    public async Task SetUp_TenantHasNotConsented_SaysWhatToDoAndShowsTheAddress()
    {
        var tenant = Guid.NewGuid();
        await console.Ada.PutAsync($"tenants/{tenant}", new { displayName = "Tailspin", collectors = (string[])["corp"] });
        await using var visit = await console.SignInAsync("Ada", ["Administer"]);

        await visit.GoAsync($"tenants/{tenant}/setup");

        await visit.SeesAsync("If nobody has consented in the tenant yet, have an administrator of it do so");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("adminconsent") })).ToBeVisibleAsync();
        await visit.SeesAsync("They can be read when the step before is done.");
        await Assertions.Expect(visit.Page.GetByText("This could not be read.")).ToHaveCountAsync(0);
        await console.Ada.SendAsync(HttpMethod.Delete, $"tenants/{tenant}");
    }
}
