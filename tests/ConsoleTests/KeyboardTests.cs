using Microsoft.Playwright;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>Everything can be done without a mouse, and one sees where one is.</summary>
public sealed class KeyboardTests(SeededConsole console) : BrowserTests
{
    /// <summary>Notes what gets the focus, and whether one sees it there.</summary>
    private const string Watch = """
        () => {
          window.reached = new Set();
          window.unseen = [];
          window.watching ??= addEventListener('focusin', ({ target }) => {
            window.reached.add(target);
            const style = getComputedStyle(target);
            const box = target.getBoundingClientRect();
            const seen = target.matches(':focus-visible') && style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0
              && style.visibility === 'visible' && box.width > 1 && box.height > 1;
            if (!seen) window.unseen.push(target.outerHTML.slice(0, 200));
          }) ?? true;
          document.activeElement.blur();
        }
        """;

    /// <summary>What can be clicked or typed into and has not had the focus. One radio button stands for its group.</summary>
    private const string Unreached = """
        () => [...(document.querySelector('dialog') ?? document).querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"], [contenteditable]')]
          .filter(element => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && !element.matches('fieldset:disabled *'))
          .filter(element => element.type !== 'radio' || ![...window.reached].some(other => other.type === 'radio' && other.name === element.name))
          .filter(element => !window.reached.has(element))
          .map(element => element.outerHTML.slice(0, 200))
        """;

    /// <summary>What reacts to a click and is nothing that a key reaches.</summary>
    private const string DeadEnds = """
        () => [...document.querySelectorAll('#app *')]
          .filter(element => getComputedStyle(element).cursor === 'pointer')
          .filter(element => !element.closest('a[href], button, input, select, textarea, summary, label'))
          .map(element => element.outerHTML.slice(0, 200))
        """;

    [Fact]
    public async Task Views_ByTab_ReachAllThatCanBeClickedWithTheFocusInSight()
    {
        await using var visit = await console.SignInAsync("Olga", ["Operate", "Approve", "Administer"]);
        List<string> faults = [];

        foreach (var view in Views.Names)
        {
            await Views.OpenAsync(visit, console, view);
            await visit.Page.EvaluateAsync(Watch);
            var stops = await visit.Page.Locator("a[href], button, input, select, textarea, summary, [tabindex='0']").CountAsync();

            // A date and time has a stop for each of its parts.
            for (var i = 0; i < stops + 20 && (i < stops || (await visit.Page.EvaluateAsync<string[]>(Unreached)).Length > 0); i++)
            {
                await visit.Page.Keyboard.PressAsync("Tab");
            }

            faults.AddRange((await visit.Page.EvaluateAsync<string[]>("() => window.unseen")).Select(html => $"{view}: the focus is not seen at {html}"));
            faults.AddRange((await visit.Page.EvaluateAsync<string[]>(DeadEnds)).Select(html => $"{view}: only a mouse reaches {html}"));
            faults.AddRange((await visit.Page.EvaluateAsync<string[]>(Unreached)).Select(html => $"{view}: Tab does not reach {html}"));
            await Views.CloseAsync(visit);
        }

        Assert.True(faults.Count == 0, string.Join(Environment.NewLine, faults));
    }

    [Fact]
    public async Task Review_ByKeysAlone_DecidesOneAfterTheOther()
    {
        var (tenant, _) = await console.NewTenantAsync(leftovers: 3);
        await using var visit = await console.SignInAsync("Paula", ["Approve"]);

        await TabToAsync(visit, tenant.DisplayName);
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Heading(tenant.DisplayName)).ToBeFocusedAsync();
        await TabToAsync(visit, "Review");
        await visit.Page.Keyboard.PressAsync("Enter");
        await visit.SeesAsync("3 proposals waiting");

        await visit.Page.Keyboard.PressAsync("j");
        await visit.SeesAsync("Proposal 1 of 3");
        await visit.Page.Keyboard.PressAsync("j");
        await visit.SeesAsync("Proposal 2 of 3");
        await visit.Page.Keyboard.PressAsync("k");
        await visit.SeesAsync("Proposal 1 of 3");
        await visit.Page.Keyboard.PressAsync("r");
        await Assertions.Expect(visit.Page.GetByLabel("Reason")).ToBeFocusedAsync();
        await visit.Page.Keyboard.TypeAsync("just the same");
        await visit.Page.Keyboard.PressAsync("Control+Enter");
        await visit.SeesAsync("Proposal 1 of 2");
        await visit.Page.Keyboard.PressAsync("l");
        await Assertions.Expect(visit.Page.GetByLabel("Reason")).ToHaveValueAsync("just the same");
        await visit.Page.Keyboard.PressAsync("Control+Shift+Enter");
        await visit.SeesAsync("Proposal 1 of 1");

        Assert.Single(await console.Ada.ListAsync($"tenants/{tenant.Id}/proposals?status=rejected"));
        Assert.Single(await console.Ada.ListAsync($"tenants/{tenant.Id}/proposals?status=pending"));
        visit.AssertUneventful();
    }

    [Fact]
    public async Task Dialog_ByKeys_KeepsTheFocusAndGivesItBack()
    {
        await using var visit = await console.SignInAsync("Olga", ["Operate"]);
        await TabToAsync(visit, "Stop everything");

        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Dialog).GetByLabel("Reason")).ToBeFocusedAsync();
        await visit.Page.Keyboard.PressAsync("Escape");

        await Assertions.Expect(visit.Button("Stop everything")).ToBeFocusedAsync();
    }

    private static async Task TabToAsync(Visit visit, string text)
    {
        for (var i = 0; i < 200; i++)
        {
            await visit.Page.Keyboard.PressAsync("Tab");

            if (await visit.Page.EvaluateAsync<string>("() => document.activeElement.textContent.trim()") == text)
            {
                return;
            }
        }

        Assert.Fail($"Tab does not reach '{text}'.");
    }
}
