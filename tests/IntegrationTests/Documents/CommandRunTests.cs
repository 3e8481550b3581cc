using System.Text.Json;
using System.Text.RegularExpressions;
using Reanchor.GraphSimulator;
using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.IntegrationTests.Documents;

/// <summary>
/// The commands of each document, from its top to its end and as they stand there, run by bash against LocalHost. What a document leaves to
/// its reader is done in between: the ids, the inventory, the second person, and patience.
/// </summary>
public sealed partial class CommandRunTests
{
    /// <summary>By how they begin.</summary>
    private static readonly (string Why, string[] Commands)[] NotRunHere =
    [
        ("There is no Azure here.",
        [
            "az login", "az logout", "ME=$(az ad signed-in-user show", "TOKEN=$(az account get-access-token", "az functionapp list",
            "az functionapp list-flexconsumption-locations", "az functionapp restart", "az functionapp config appsettings set",
            "az monitor action-group list", "az monitor action-group test-notifications create", "az monitor log-analytics workspace list",
            "az role assignment list", "az group delete", "ACCOUNT=$(az storage account list",
            "ETAG=$(az storage container immutability-policy show", "az storage container immutability-policy lock",
        ]),
        ("There is no Azure here; SetupScriptTests run the script.", ["pwsh infra/setup.ps1"]),
        ("The workflows of .github run them.", ["dotnet publish"]),
        ("WalkthroughTests play it.", ["dotnet run --project src/LocalHost -- walkthrough"]),
        ("It goes on until it is stopped; here it has been started.", ["dotnet run --project src/LocalHost"]),
        ("It goes on until it is stopped; WatchTests run it.", ["reanchor-collector watch"]),
        ("It takes a domain controller; ExportTests have one.", ["reanchor-collector export"]),
        ("It measures, for an hour.", ["dotnet run -c Release --project tests/Benchmarks"]),
        ("It runs these tests.", ["tests/run.sh"]),
        ("It changes the machine or the directory of whoever types it.", ["sudo ", "journalctl ", "dsacls "]),
        ("It waits for something to be typed.", ["(umask 077; cat >"]),
        ("It takes what only the reader has.", ["API=", "curl -X PUT \"$API/api/tenants/TENANT-ID/inventories/corp?"]),
    ];

    /// <summary>What the documents say that one sees, by a part of the command; the first that fits counts.</summary>
    private static readonly (string Command, string Answer)[] Shown =
    [
        ("/poison?status=waiting", "\"itemId\""),
        ("$API/api/tenants/TENANT-ID/scans -H \"authorization: Bearer $TOKEN\"", "\"scanId\""),
        ("/proposals/PROPOSAL-ID -H", "\"refusal\":\""),
        ("/audit/verify", "\"intact\":true"),
        ("curl $API/api/stop -H", "wrong users reported"),
        ("/restore-anchors", "\"accepted\""),
        ("status=restored", "\"restored\""),
        ("-X POST $API/api/tenants/TENANT-ID/collectors/corp/key", "\"key\":\"rk_"),
        ("reanchor-collector upload", "Reanchor took the inventory"),
    ];

    public static TheoryData<string> OtherDocuments =>
        [.. DocumentCommands.Documents.Except(["README.md", "docs/deploy.md"]).Where(document => DocumentCommands.Of(document).Any(RunsHere))];

    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/deploy.md")]
    public async Task Commands_OfDocument_LeadFromATenantToAVerifiedClear(string document)
    {
        Shell.SkipWhereThereIsNone();
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Contoso", leftovers: 1);
        await using var host = await LocalHostProcess.StartAsync(
            stage.Storage, stage.Graph, ("Reanchor__VerificationFirstDelay", "00:00:01"), ("Reanchor__VerificationMaxDelay", "00:00:02"));
        using var shell = new Shell(host.Origin);
        using var watcher = await Api.SignInAsync(host.Origin, "watcher", ["Read", "Upload"]);
        var asked = await Api.TokenAsync(host.Origin, "ada", ["Read", "Administer", "Operate"]);
        var decides = await Api.TokenAsync(host.Origin, "piet", ["Read", "Approve"]);
        var inventory = await Stage.InventoryAsync(tenant);
        await File.WriteAllBytesAsync(Path.Combine(shell.Folder, "corp.ndjson.gz"), inventory, TestContext.Current.CancellationToken);
        var ran = 0;

        foreach (var command in DocumentCommands.Of(document))
        {
            if (command.Contains("/inventories -H", StringComparison.Ordinal))
            {
                // The collector has done this by then.
                await watcher.UploadAsync($"tenants/{tenant.Id}/inventories/corp", inventory);
            }

            if (!RunsHere(command))
            {
                continue;
            }

            var decision = command.Contains("/decision", StringComparison.Ordinal);
            await shell.RunAsync(await FillInAsync(command, tenant, watcher), decision ? decides : asked);
            ran++;

            if (command.Contains("-X POST", StringComparison.Ordinal) && command.Contains("/scans", StringComparison.Ordinal))
            {
                await watcher.WaitForScanAsync(tenant.Id, await NewestScanAsync(watcher, tenant));
            }
            else if (command.Contains("'s/\"mode\":\"report\"", StringComparison.Ordinal) && document == "README.md")
            {
                // "The next scan proposes", says the README, and leaves the command to the reader.
                await watcher.WaitForScanAsync(tenant.Id, await ScanAgainAsync(shell, asked, tenant, watcher));
            }
        }

        await Deadline.UntilAsync("the user is cleared", () => tenant.Requests.Any(request => request.Method == "PATCH"));
        tenant.RunSync();
        await Deadline.UntilAsync("the proposal is verified", async () => (await watcher.ListAsync($"tenants/{tenant.Id}/proposals"))
            .All(proposal => proposal.GetProperty("status").GetString() == "verified"));
        Assert.True(ran >= 8, $"{document} has only {ran} commands to run.");
    }

    [Theory]
    [MemberData(nameof(OtherDocuments))]
    public async Task Commands_OfDocument_WorkInTheStateThatItSpeaksOf(string document)
    {
        Shell.SkipWhereThereIsNone();
        const int Leftovers = 9;
        await using var stage = await Stage.SetAsync();
        await using var run = await ClearingRun.StartAsync(stage.AddTenant("Contoso", Leftovers), stage, ClearingRun.VerifiesLater);
        using var tenant = await TroubledTenant.PrepareAsync(stage, run, Leftovers);

        foreach (var command in DocumentCommands.Of(document).Where(RunsHere))
        {
            var shown = Shown.FirstOrDefault(pair => command.Contains(pair.Command, StringComparison.Ordinal)).Answer ?? "";

            if (Changes().IsMatch(command))
            {
                Assert.Contains(shown, await tenant.FollowAsync(command), StringComparison.Ordinal);
                continue;
            }

            await Deadline.UntilAsync($"{command} shows {shown}", async () =>
                (await tenant.FollowAsync(command)).Contains(shown, StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Commands_OfDocuments_AreRunHereOrListedWithAReason()
    {
        var commands = DocumentCommands.Documents.SelectMany(DocumentCommands.Of).ToList();

        Assert.All(commands, command => Assert.True(!RunsHere(command) || Programs().IsMatch(command), $"Neither run nor listed: {command}"));
        Assert.All(NotRunHere.SelectMany(list => list.Commands), start => Assert.True(
            commands.Any(command => command.StartsWith(start, StringComparison.Ordinal)), $"No document has it any more: {start}"));
        Assert.All(Shown, pair => Assert.True(
            commands.Any(command => command.Contains(pair.Command, StringComparison.Ordinal)), $"No document has it any more: {pair.Command}"));
    }

    private static bool RunsHere(string command) =>
        !NotRunHere.SelectMany(list => list.Commands).Any(start => command.StartsWith(start, StringComparison.Ordinal));

    private static async Task<string> FillInAsync(string command, SimulatedTenant tenant, Api watcher)
    {
        command = command.Replace("TENANT-ID", $"{tenant.Id}", StringComparison.Ordinal);

        if (command.Contains("SCAN-ID", StringComparison.Ordinal))
        {
            command = command.Replace("SCAN-ID", await NewestScanAsync(watcher, tenant), StringComparison.Ordinal);
        }

        if (!command.Contains("PROPOSAL-ID", StringComparison.Ordinal))
        {
            return command;
        }

        List<JsonElement> proposals = [];
        await Deadline.UntilAsync("there is a proposal", async () =>
            (proposals = await watcher.ListAsync($"tenants/{tenant.Id}/proposals")).Count > 0);
        var proposal = Assert.Single(proposals);
        return command
            .Replace("PROPOSAL-ID", proposal.GetProperty("proposalId").GetString(), StringComparison.Ordinal)
            .Replace("DIGEST", proposal.GetProperty("digest").GetString(), StringComparison.Ordinal);
    }

    private static async Task<string> NewestScanAsync(Api watcher, SimulatedTenant tenant) =>
        (await watcher.ListAsync($"tenants/{tenant.Id}/scans"))[0].GetProperty("scanId").GetString()!;

    private static async Task<string> ScanAgainAsync(Shell shell, string token, SimulatedTenant tenant, Api watcher)
    {
        await shell.RunAsync($"curl -X POST $API/api/tenants/{tenant.Id}/scans -H \"authorization: Bearer $TOKEN\"", token);
        return await NewestScanAsync(watcher, tenant);
    }

    /// <summary>Whatever else only reads, and may be asked again until what was set off has happened.</summary>
    [GeneratedRegex("-X (POST|PUT|DELETE)| -d | --data-binary |^reanchor-collector |^openssl ")]
    private static partial Regex Changes();

    [GeneratedRegex(@"^(TOKEN=\$\()?(curl|reanchor-collector|openssl) ")]
    private static partial Regex Programs();
}
