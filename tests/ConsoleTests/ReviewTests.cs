using System.Text.Json.Nodes;
using Microsoft.Playwright;
using Reanchor.GraphSimulator;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>Where people decide: a long list keeps their place, a decision is sent once, and nothing false is said of it.</summary>
public sealed class ReviewTests(SeededConsole console) : BrowserTests
{
    private const string TooMany = "Too many requests. Wait a minute.";

    [Theory]
    [InlineData("review", "Choose User 0120", "checkbox")]
    [InlineData("outcomes", "User 0120", "link")]
    public async Task LongList_ReadAgain_KeepsRowsPlaceChoiceAndFocus(string view, string name, string role)
    {
        var (visit, tenant, many) = await GivenListAsync(150);
        await using var _ = visit;
        await visit.GoAsync($"tenants/{tenant.Id}/{view}");
        var rows = visit.Page.Locator("tbody tr");
        await Assertions.Expect(rows).ToHaveCountAsync(100);
        await visit.Button("Show more: 100 of 150 are shown").ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(150);
        var row = visit.Page.GetByRole(Enum.Parse<AriaRole>(role, ignoreCase: true), new() { NameRegex = new($"^{name}") });
        await row.FocusAsync();

        if (role == "checkbox")
        {
            await visit.Page.Keyboard.PressAsync("Space");
            await visit.SeesAsync("1 proposal chosen.");
        }

        var place = await row.BoundingBoxAsync();

        many.Items.RemoveAt(149);
        await many.ReadAgainAsync(visit.Page);

        await Assertions.Expect(visit.Page.Locator("main option").First).ToHaveTextAsync("All (149)");
        await Assertions.Expect(rows).ToHaveCountAsync(149);
        await Assertions.Expect(row).ToBeFocusedAsync();
        Assert.Equal(place!.Y, (await row.BoundingBoxAsync())!.Y);
        Assert.True(role != "checkbox" || await row.IsCheckedAsync());
    }

    [Fact]
    public async Task LongList_SortedOrFiltered_StartsAnew()
    {
        var (visit, tenant, _) = await GivenListAsync(150);
        await using var __ = visit;
        await visit.GoAsync($"tenants/{tenant.Id}/review");
        var rows = visit.Page.Locator("tbody tr");
        var more = visit.Button("Show more: 100 of 150 are shown");
        await more.ScrollIntoViewIfNeededAsync();
        await Assertions.Expect(rows).ToHaveCountAsync(150);

        // In one turn, before a row in sight asks for more.
        Assert.Equal(100, await visit.Page.EvaluateAsync<int>(
            "async () => { document.querySelector('button.sort').click(); await new Promise(requestAnimationFrame); return document.querySelectorAll('tbody tr').length; }"));
        await visit.Page.GetByLabel("Risk").SelectOptionAsync("risky");
        await visit.SeesAsync("No proposal fits");
    }

    [Fact]
    public async Task Choice_LookAtOneAndBack_IsKept()
    {
        var (visit, tenant, _) = await GivenListAsync(3);
        await using var __ = visit;
        await visit.GoAsync($"tenants/{tenant.Id}/review");
        await visit.Page.GetByLabel("Choose User 0001").CheckAsync();

        await visit.GoAsync("");
        await visit.GoAsync($"tenants/{tenant.Id}/review");

        await visit.SeesAsync("1 proposal chosen.");
        await Assertions.Expect(visit.Page.GetByLabel("Choose User 0001")).ToBeCheckedAsync();
    }

    [Fact]
    public async Task Decision_KeyPressedTwice_IsSentOnce()
    {
        await using var visit = await OpenOneAsync();
        var answer = new TaskCompletionSource();
        var sent = 0;
        await visit.Page.RouteAsync("**/decision", async route =>
        {
            Interlocked.Increment(ref sent);
            await answer.Task;
            await route.ContinueAsync();
        });
        await visit.Page.GetByLabel("Reason").FillAsync("the same person");

        await visit.Page.Keyboard.PressAsync("Control+Enter");
        await visit.Page.Keyboard.PressAsync("Control+Enter");
        answer.SetResult();

        await visit.SeesAsync("Nothing waits");
        Assert.Equal(1, sent);
    }

    [Fact]
    public async Task Decision_ByKeyWithoutTheRole_IsNotSent()
    {
        await using var visit = await OpenOneAsync("Operate");
        var sent = 0;
        visit.Page.Request += (_, request) => sent += request.Method == "POST" ? 1 : 0;
        await visit.Page.GetByLabel("Reason").FillAsync("the same person");

        await visit.Page.Keyboard.PressAsync("Control+Enter");
        await visit.Page.Keyboard.PressAsync("Control+Shift+Enter");
        await visit.LookAgainAsync();

        Assert.Equal(0, sent);
        visit.AssertUneventful();
    }

    [Fact]
    public async Task Decision_ListCannotBeRead_IsNotCalledAFailure()
    {
        await using var visit = await OpenOneAsync(before: page => page.RouteAsync("**/proposals?status=pending*", route => route.AbortAsync()));
        await visit.Page.GetByLabel("Reason").FillAsync("the same person");

        await visit.Button("Approve").ClickAsync();

        await Assertions.Expect(visit.Heading("Review")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator("#polite")).ToHaveTextAsync("leftover0000000: approved.");
    }

    [Fact]
    public async Task Key_BeforeTheProposalIsRead_IsNotLost()
    {
        var go = new TaskCompletionSource();
        await using var visit = await OpenOneAsync(wait: false, before: page => page.RouteAsync("**/proposals/*", async route =>
        {
            await go.Task;
            await route.ContinueAsync();
        }));
        await Assertions.Expect(visit.Heading("Proposal")).ToBeFocusedAsync();

        await visit.Page.Keyboard.PressAsync("r");
        go.SetResult();

        await Assertions.Expect(visit.Page.GetByLabel("Reason")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Keys_BeforeTheListIsRead_AreNotLost_AndSwitchedOffAreDead()
    {
        var (visit, tenant, _) = await GivenListAsync(3);
        await using var __ = visit;
        await visit.Page.EvaluateAsync("() => localStorage.setItem('reanchor.keys', 'off')");
        await visit.GoAsync($"tenants/{tenant.Id}/review");
        await visit.Page.Keyboard.PressAsync("j");
        await visit.LookAgainAsync();
        Assert.EndsWith("/review", visit.Page.Url, StringComparison.Ordinal);

        await visit.Page.EvaluateAsync("() => localStorage.setItem('reanchor.keys', 'on')");
        await visit.GoAsync("");
        await visit.Page.EvaluateAsync($$"""
            () => {
              addEventListener('hashchange', () => document.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true })), { once: true });
              location.hash = '#/tenants/{{tenant.Id}}/review';
            }
            """);

        await visit.SeesAsync("Proposal 1 of 3");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bulk_SecondRequestFails_SaysWhatIsDecidedWhatNotAndWhatIsUnknown(bool refused)
    {
        var (visit, tenant, many) = await GivenListAsync(1_100);
        await using var _ = visit;
        var me = await visit.Page.EvaluateAsync<string>("async () => (await import('/api/console/session/session.js')).session.me.id");
        var request = 0;
        await visit.Page.RouteAsync("**/decisions", async route =>
        {
            switch (++request)
            {
                case 1:
                    Decide(many, 0, 500, me);
                    await Faked.JsonAsync(route, Recorded(route.Request));
                    break;
                case 2 when refused:
                    await Faked.ProblemAsync(route, 429, TooMany);
                    break;
                default:
                    // Two hundred were recorded before the connection broke.
                    Decide(many, 500, 200, me);
                    await route.AbortAsync();
                    break;
            }
        });
        await visit.GoAsync($"tenants/{tenant.Id}/review");
        await visit.Button("Choose all shown").ClickAsync();
        await visit.Button("Approve the chosen …").ClickAsync();
        await visit.Page.GetByLabel("Reason, for all of them").FillAsync("Checked with the customer");
        await visit.Button("Approve 1100").ClickAsync();

        var first = visit.Page.Locator("tbody tr").First;

        if (refused)
        {
            await visit.SeesAsync("500 of 1,100 decisions recorded. 600 were not decided; each says why.");
            await Assertions.Expect(first).ToContainTextAsync(TooMany);
        }
        else
        {
            await visit.SeesAsync("700 of 1,100 decisions recorded. 100 were not decided; each says why. Of 300 it is not known: no answer came.");
            await Assertions.Expect(first).ToContainTextAsync("No answer came. It still waited when it was read again.");
            Decide(many, 700, 300, me);
            await visit.Button("Look what became of them").ClickAsync();
            await visit.SeesAsync("1,000 of 1,100 decisions recorded. 100 were not decided; each says why.");
            await Assertions.Expect(first).ToContainTextAsync("It was not sent, because what was sent before it failed.");
        }

        Assert.Equal(2, request);
        await visit.Button("Back to what waits").ClickAsync();
        await visit.SeesAsync(refused ? "600 proposals chosen." : "100 proposals chosen.");
    }

    [Fact]
    public async Task Bulk_RefusedAtOnce_KeepsTheReasonAndSaysThatNothingWasDecided()
    {
        var (visit, tenant, _) = await GivenListAsync(3);
        await using var __ = visit;
        await visit.Page.RouteAsync("**/decisions", route => Faked.ProblemAsync(route, 429, TooMany));
        await visit.GoAsync($"tenants/{tenant.Id}/review");
        await visit.Button("Choose all shown").ClickAsync();
        await visit.Button("Approve the chosen …").ClickAsync();
        await visit.Page.GetByLabel("Reason, for all of them").FillAsync("Checked with the customer");
        await visit.Button("Approve 3").ClickAsync();

        await visit.SeesAsync($"{TooMany} Nothing was decided.");
        await Assertions.Expect(visit.Page.GetByLabel("Reason, for all of them")).ToHaveValueAsync("Checked with the customer");
        await visit.Button("Back, decide nothing").ClickAsync();
        await visit.SeesAsync("3 proposals chosen.");
    }

    private static void Decide(ManyProposals many, int first, int count, string me)
    {
        foreach (var proposal in many.Items.Skip(first).Take(count))
        {
            proposal["status"] = "approved";
            proposal["decisions"] = new JsonArray(new JsonObject
            {
                ["decision"] = "approve", ["counts"] = true, ["decidedBy"] = new JsonObject { ["id"] = me, ["name"] = "Paula" },
            });
        }
    }

    private static string Recorded(IRequest request) => new JsonObject
    {
        ["items"] = new JsonArray([.. JsonNode.Parse(request.PostData!)!["decisions"]!.AsArray().Select(decision => new JsonObject
        {
            ["proposalId"] = (string?)decision!["proposalId"], ["outcome"] = "recorded", ["status"] = "approved",
        })]),
    }.ToJsonString();

    /// <summary>Paula with a tenant whose list is as long as wanted.</summary>
    private async Task<(Visit Visit, SimulatedTenant Tenant, ManyProposals Many)> GivenListAsync(int count)
    {
        var many = new ManyProposals(console.Single.Tenant, console.Single.Proposal, count);
        var visit = await console.SignInAsync("Paula", ["Approve"]);
        await many.ServeAsync(visit.Page);
        return (visit, console.Single.Tenant, many);
    }

    /// <summary>The one proposal of a new tenant.</summary>
    private async Task<Visit> OpenOneAsync(string role = "Approve", bool wait = true, Func<IPage, Task>? before = null)
    {
        var (tenant, proposals) = await console.NewTenantAsync(leftovers: 1);
        var visit = await console.SignInAsync("Paula", [role]);
        await (before?.Invoke(visit.Page) ?? Task.CompletedTask);
        await visit.GoAsync($"tenants/{tenant.Id}/review/{proposals[0].GetProperty("proposalId").GetString()}", wait);
        return visit;
    }
}
