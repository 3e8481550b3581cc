using Reanchor.GraphSimulator;
using Spectre.Console;

namespace Reanchor.LocalHost.Demo;

/// <summary>Starts everything with sample tenants, scans them, shows what was found, and goes on serving.</summary>
internal static class Demonstration
{
    private static readonly TimeSpan SyncInterval = TimeSpan.FromSeconds(10);

    public static async Task<int> RunAsync(LocalHostArguments arguments, CancellationToken cancellationToken)
    {
        AnsiConsole.MarkupLine("[bold]Reanchor[/], with sample tenants. Nothing here leaves this machine.");
        await using var demo = await DemoApp.StartAsync(arguments, cancellationToken);

        using (var administrator = demo.SignIn("Ada", "Administer", "Operate", "Upload"))
        {
            foreach (var tenant in demo.Cloud.Tenants)
            {
                await ShowAsync(administrator, tenant, cancellationToken);
            }
        }

        Explain(demo);
        var syncing = SyncAsync(demo.Cloud, cancellationToken);
        await demo.Host.RunAsync(cancellationToken);
        await syncing;
        return 0;
    }

    private static async Task ShowAsync(
        ReanchorClient administrator, SimulatedTenant tenant, CancellationToken cancellationToken)
    {
        await SampleRegistration.RegisterAsync(administrator, tenant, "propose", cancellationToken);
        var counts = await SampleRegistration.UploadAsync(administrator, tenant, cancellationToken);
        var scan = await Waiting.ForScanAsync(administrator, tenant.Id, tenant.DisplayName, "propose", cancellationToken);

        var preflight = await administrator.GetAsync($"tenants/{tenant.Id}/preflight", cancellationToken);
        var missing = preflight.GetProperty("permissions").EnumerateArray().Where(p => p.GetProperty("state").GetString() != "granted").ToList();

        AnsiConsole.Write(new Rule($"[bold]{tenant.DisplayName.EscapeMarkup()}[/]").LeftJustified());
        Story.Say($"Inventories: {string.Join(", ", counts.Select(c => $"{c.Key} with {c.Value} accounts"))}.");
        Story.Say(missing.Count == 0
            ? $"Permissions: all {preflight.GetProperty("permissions").GetArrayLength()} are granted."
            : $"Permissions that are not granted: {string.Join(", ", missing.Select(p => p.GetProperty("permission").GetString()))}.");
        Story.Say($"Scan {scan.GetProperty("status").GetString()}: {scan.GetProperty("usersRead").GetInt32()} users read in {scan.GetProperty("requests").GetInt32()} requests.");

        foreach (var why in new[] { "haltReason", "reportOnlyBecause", "failure" })
        {
            if (scan.GetProperty(why).GetString() is { } text)
            {
                Story.Say($"Nothing is proposed. {text}");
            }
        }

        FindingTable.Write(await administrator.ListAsync(
            $"tenants/{tenant.Id}/scans/{scan.GetProperty("scanId").GetString()}/findings", cancellationToken));
    }

    private static void Explain(DemoApp demo)
    {
        var api = demo.Host.Api.AbsoluteUri.TrimEnd('/');
        var tenant = demo.Cloud.Tenants.First().Id;

        AnsiConsole.Write(new Rule("[bold]Now it is your turn[/]").LeftJustified());
        Story.Say($"API        {api}    (try {api}/health)");
        Story.Say($"Simulator  {demo.Graph}simulator/tenants");
        Story.Say($"A sync cycle runs every {SyncInterval.TotalSeconds:0} seconds here, where the real one takes 30 minutes.");
        Story.Say("");
        LocalConsole.SayHowToSignIn(demo.Host);
        Story.Say("");
        Story.Say("Or without it: sign in as an approver, ask why Elena Petrova does not match, list what waits, approve one with its proposalId and digest, and read the audit trail:");
        Story.Command($$"""
              TOKEN=$(curl -s {{demo.Host.Identity.Issuer}}/token -H 'content-type: application/json' \
                -d '{"name":"Piet","roles":["Approve"],"tenants":["*"]}' | sed 's/.*"token":"\([^"]*\).*/\1/')
              curl -s -H "authorization: Bearer $TOKEN" {{api}}/tenants/{{SampleTenants.Contoso}}/users/elena.petrova@contoso.example/diagnosis
              curl -s -H "authorization: Bearer $TOKEN" '{{api}}/tenants/{{tenant}}/proposals?status=pending'
              curl -s -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \
                {{api}}/tenants/{{tenant}}/proposals/PROPOSAL/decision -d '{"decision":"approve","digest":"DIGEST","reason":"checked"}'
              curl -s -H "authorization: Bearer $TOKEN" {{api}}/tenants/{{tenant}}/audit
            """);
        Story.Say("");
        Story.Say("Stop with Ctrl+C.");
    }

    /// <summary>Plays the sync servers of the tenants that have one running.</summary>
    private static async Task SyncAsync(SimulatedCloud cloud, CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(SyncInterval);

        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                foreach (var tenant in cloud.Tenants.Where(t => t.OnPremisesSyncEnabled is true))
                {
                    tenant.RunSync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The demonstration is over.
        }
    }
}
