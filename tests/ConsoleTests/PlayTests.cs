using Microsoft.Playwright;
using Reanchor.GraphSimulator;
using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.ConsoleTests;

/// <summary>The whole story in the browser: Ada administers, Olga operates, Piet approves.</summary>
public sealed class PlayTests(PlayTests.Sample console) : BrowserTests, IClassFixture<PlayTests.Sample>
{
    private static readonly string[] More = ["Ruth Adeyemi", "Jonas Keller"];

    [Fact]
    public async Task Console_WholeStory_IsPlayedInTheBrowser()
    {
        await using var ada = await FirstVisitAsync();
        await using var olga = await console.SignInAsync("Olga", ["Operate"]);
        await using var piet = await console.SignInAsync("Piet", ["Approve"]);

        await RegisterAsync(ada);
        await ScanAsync(olga);
        await DiagnoseAsync(olga);
        await DecideAsync(piet);
        await DecideTheRestAsync(piet);
        await RestoreAsync(piet);
        await VerifyAsync(piet);
        await AuditAsync(olga);
        await StopAsync(olga, ada);

        // Whether the tenant is registered already is asked for, and the answer no is a 404.
        ada.AssertUneventful("status of 404");
        olga.AssertUneventful();
        piet.AssertUneventful();
    }

    /// <summary>Without a link the page says how to get one; it takes one that is pasted, and keeps no token in its address.</summary>
    private async Task<Visit> FirstVisitAsync()
    {
        var ada = await Visit.StartAsync(console);
        await ada.Page.GotoAsync(console.Console.AbsoluteUri);
        await Assertions.Expect(ada.Heading("Sign in to Reanchor")).ToBeVisibleAsync();

        var token = await console.TokenAsync("Ada", "Administer");
        await ada.Page.GetByLabel("Token or sign-in link").FillAsync($"{console.Console}#token={token}");
        await ada.Button("Sign in").ClickAsync();

        await Assertions.Expect(ada.Heading("Overview")).ToBeVisibleAsync();
        Assert.DoesNotContain(token, ada.Page.Url, StringComparison.Ordinal);
        return ada;
    }

    private async Task RegisterAsync(Visit ada)
    {
        await ada.Link("Administration").ClickAsync();
        await ada.Link("Register a tenant").ClickAsync();
        await ada.Page.GetByLabel("Tenant id").FillAsync($"{console.Contoso.Id}");
        await ada.Page.GetByLabel("Name", new() { Exact = true }).FillAsync("Contoso");
        await ada.Page.GetByLabel("Collectors").FillAsync("corp");
        await ada.Button("Register in report mode").ClickAsync();
        await Assertions.Expect(ada.Heading("Set up Contoso")).ToBeVisibleAsync();

        await ada.Button("Make a key").ClickAsync();
        await ada.SeesAsync("This key is shown once.");
        await ada.Button("I have it, hide it").ClickAsync();
        await console.Ada.UploadAsync($"tenants/{console.Contoso.Id}/inventories/corp", await Stage.InventoryAsync(console.Contoso));
        await ada.SeesAsync("Fresh inventory");

        await ada.Link("Settings").First.ClickAsync();
        await ada.Page.GetByRole(AriaRole.Radio, new() { NameRegex = new("^Propose") }).CheckAsync();
        await ada.Button("Save").ClickAsync();
        await ada.SeesAsync("Saved.");
    }

    private async Task ScanAsync(Visit olga)
    {
        console.Cloud.Faults.Add(new() { Kind = FaultKind.Delay, TenantId = console.Contoso.Id, PathPrefix = "/users?", Delay = TimeSpan.FromSeconds(4), Count = 1 });
        await olga.GoAsync($"tenants/{console.Contoso.Id}/findings");
        await olga.SeesAsync("No scan yet");

        await olga.Button("Start a scan").ClickAsync();

        await Assertions.Expect(olga.Page.GetByRole(AriaRole.Progressbar, new() { Name = "The scan is running" })).ToBeVisibleAsync();
        await Assertions.Expect(olga.Heading("Findings")).ToBeVisibleAsync();
        await olga.Page.GetByLabel("Search").FillAsync("oskar");
        await olga.SeesAsync("Anchor in use");
    }

    private async Task DiagnoseAsync(Visit olga)
    {
        await olga.GoAsync($"tenants/{console.Contoso.Id}/diagnose");
        await olga.Page.GetByLabel("User, or the sync's error mail").FillAsync(
            "Unable to update this object because the user principal name elena.petrova@contoso.example may already be associated with another object.");
        await olga.Button("Diagnose").ClickAsync();
        await Assertions.Expect(olga.Heading("Elena Petrova")).ToBeVisibleAsync();
        await olga.SeesAsync("This user still carries the ImmutableID of an AD account that no longer exists");
    }

    private static async Task DecideAsync(Visit piet)
    {
        await piet.GoAsync("");
        await Assertions.Expect(piet.Link("5")).ToBeVisibleAsync();
        await Screenshots.TakeOrCompareAsync(piet, "overview");
        await piet.Link("5").ClickAsync();
        await piet.SeesAsync("5 proposals waiting");
        await piet.Link("Review one by one").ClickAsync();
        await piet.SeesAsync("Proposal 1 of 5");
        await piet.Page.GetByLabel("Reason").FillAsync("The same person: I compared name, manager and phone number.");
        await Screenshots.TakeOrCompareAsync(piet, "review");

        await piet.Button("Approve").ClickAsync();
        await piet.SeesAsync("Proposal 1 of 4");
        await piet.Page.GetByLabel("Reason").FillAsync("On leave until May");
        await piet.Button("Reject").ClickAsync();
        await piet.SeesAsync("Proposal 1 of 3");
    }

    private static async Task DecideTheRestAsync(Visit piet)
    {
        await piet.Link("All that wait").ClickAsync();
        await piet.Button("Choose all shown").ClickAsync();
        await piet.SeesAsync("3 proposals chosen.");
        await piet.Button("Approve the chosen …").ClickAsync();
        await piet.Page.GetByLabel("Reason, for all of them").FillAsync("Checked with the customer");
        await piet.Button("Approve 3").ClickAsync();
        await piet.SeesAsync("3 of 3 decisions recorded.");
        await piet.Button("Back to what waits").ClickAsync();
        await piet.SeesAsync("Nothing waits");
    }

    /// <summary>Before the sync has run, the old anchor can be put back.</summary>
    private async Task RestoreAsync(Visit piet)
    {
        await OutcomeOfAsync(piet, "Sam Carter");
        await piet.Button("Put the anchor back …").ClickAsync();
        await piet.ConfirmAsync("The account is the wrong one", "Put the anchor back");
        await piet.SeesAsync("The old anchor is back.");
        await piet.SeesAsync("Old anchor put back");

        var sam = console.Contoso.Users.Single(user => user.DisplayName == "Sam Carter");
        Assert.NotNull(sam.OnPremisesImmutableId);
    }

    private async Task VerifyAsync(Visit piet)
    {
        await OutcomeOfAsync(piet, "Nadia Haddad");
        await piet.SeesAsync("The value is gone.");
        console.Contoso.RunSync();
        await piet.SeesAsync("The next sync matched the expected account.");
        await piet.SeesAsync("Verified: the sync matched the account");
        await Screenshots.TakeOrCompareAsync(piet, "timeline");
    }

    private async Task OutcomeOfAsync(Visit piet, string name)
    {
        await piet.GoAsync($"tenants/{console.Contoso.Id}/outcomes");
        await piet.Page.GetByRole(AriaRole.Link, new() { NameRegex = new(name) }).ClickAsync();
        await Assertions.Expect(piet.Heading(name)).ToBeVisibleAsync();
        await piet.ReadAsync();
    }

    private async Task AuditAsync(Visit olga)
    {
        await olga.GoAsync($"tenants/{console.Contoso.Id}/audit");
        await olga.Page.GetByLabel("User: name or object id").FillAsync("ruth.adeyemi@contoso.example");
        await olga.Button("Search").ClickAsync();
        await Assertions.Expect(olga.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "AnchorCleared" })).ToHaveCountAsync(1);

        var export = await olga.Page.RunAndWaitForDownloadAsync(() => olga.Button("Export as CSV").ClickAsync());
        Assert.Contains("AnchorCleared", await File.ReadAllTextAsync((await export.PathAsync())!, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await olga.Button("Verify the trail").ClickAsync();
        await olga.SeesAsync("nothing changed, removed or inserted.");
    }

    private static async Task StopAsync(Visit olga, Visit ada)
    {
        await olga.Button("Stop everything").ClickAsync();
        await olga.ConfirmAsync("Two customers call", "Stop everything now");
        await olga.SeesAsync("Everything is stopped.");

        await ada.LookAgainAsync();
        await ada.SeesAsync("Everything is stopped.");
        await ada.SeesAsync("Two customers call");
        await ada.Button("Let writes go on").ClickAsync();
        await ada.ConfirmAsync("It was a false alarm", "Let writes go on");
        await Assertions.Expect(ada.Page.GetByText("Everything is stopped.")).ToHaveCountAsync(0);
    }

    /// <summary>The demonstration's companies; Contoso, which nobody has registered yet, has two leftovers more.</summary>
    public sealed class Sample : ConsoleHost
    {
        public SimulatedTenant Contoso => Cloud.Tenants.Single(tenant => tenant.Id == SampleTenants.Contoso);

        protected override async Task SeedAsync()
        {
            SampleTenants.AddTo(Cloud);

            foreach (var name in More)
            {
                var address = $"{name.ToLowerInvariant().Replace(' ', '.')}@contoso.example";
                Contoso.AddUser(new() { UserPrincipalName = address, DisplayName = name, Mail = address, OnPremisesImmutableId = AdAccount.ToAnchor(Guid.NewGuid()) });
                Contoso.Forests[0].AddAccount(new() { UserPrincipalName = address, DisplayName = name, SamAccountName = name.ToLowerInvariant().Replace(' ', '.') });
            }

            foreach (var tenant in Cloud.Tenants.Where(tenant => tenant.Id != SampleTenants.Contoso))
            {
                await Stage.RegisterAsync(Ada, tenant, "report");
            }
        }
    }
}
