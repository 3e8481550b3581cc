using Microsoft.Playwright;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>Each question is answered for itself.</summary>
public sealed class DiagnoseTests(SeededConsole console) : BrowserTests
{
    private string Address => $"hostile0@{console.Hostile.Domains.First(domain => !domain.IsInitial).Id}";

    [Fact]
    public async Task Diagnose_SecondText_IsNotAskedWithTheFirstOnesError()
    {
        await using var visit = await console.SignInAsync("Olga", ["Operate"]);
        await visit.GoAsync($"tenants/{console.Hostile.Id}/diagnose");

        Assert.EndsWith("?error=InvalidSoftMatch", await AskAsync(visit, $"InvalidSoftMatch: {Address} cannot be matched."), StringComparison.Ordinal);
        Assert.EndsWith("/diagnosis", await AskAsync(visit, Address), StringComparison.Ordinal);
        Assert.EndsWith("?error=ObjectTypeMismatch", await AskAsync(visit, $"ObjectTypeMismatch of {Address}"), StringComparison.Ordinal);

        await visit.Page.GetByLabel("Error, if you know it").SelectOptionAsync("InvalidHardMatch");

        Assert.EndsWith("?error=InvalidHardMatch", await AskAsync(visit, $"ObjectTypeMismatch of {Address}"), StringComparison.Ordinal);
        visit.AssertUneventful();
    }

    [Theory]
    [InlineData("completed", true, "No user of the latest scan carries this anchor.")]
    [InlineData("failed", true, "The latest scan has not read every user")]
    [InlineData("failed", false, "No scan has read this tenant's users yet.")]
    public async Task Diagnose_AnchorThatNoFindingHas_SaysHowMuchWasSearched(string status, bool began, string expected)
    {
        await using var visit = await console.SignInAsync("Olga", ["Operate"]);
        await visit.AlterAsync("tenants/*/scans*", answer =>
        {
            foreach (var scan in answer["items"]!.AsArray())
            {
                scan!["status"] = status;
                scan["startedAt"] = began ? (string?)scan["startedAt"] : null;
            }
        });
        await visit.GoAsync($"tenants/{console.Hostile.Id}/diagnose");

        await visit.Page.GetByLabel("User, or the sync's error mail").FillAsync(Convert.ToBase64String(Guid.NewGuid().ToByteArray()));
        await visit.Button("Diagnose").ClickAsync();

        await visit.SeesAsync(expected);
    }

    private static async Task<string> AskAsync(Visit visit, string text)
    {
        await visit.Page.GetByLabel("User, or the sync's error mail").FillAsync(text);
        var request = await visit.Page.RunAndWaitForRequestAsync(
            () => visit.Button("Diagnose").ClickAsync(), request => request.Url.Contains("/diagnosis", StringComparison.Ordinal));
        await Assertions.Expect(visit.Page.Locator("#conclusion")).ToBeVisibleAsync();
        await visit.ReadAsync();
        return request.Url;
    }
}
