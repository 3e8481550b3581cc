using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Reanchor.GraphSimulator;
using Reanchor.IntegrationTests.Pipeline;
using Xunit;

namespace Reanchor.IntegrationTests.Documents;

/// <summary>
/// The curl commands of a document, from its top to its end and as they stand there, run by bash against LocalHost. What a document leaves to
/// its reader is done in between: the ids, the inventory, the second person, and patience.
/// </summary>
public sealed partial class CommandRunTests
{
    [Theory]
    [InlineData("README.md")]
    [InlineData("docs/deploy.md")]
    public async Task Commands_OfDocument_LeadFromATenantToAVerifiedClear(string document)
    {
        Assert.SkipUnless(File.Exists("/bin/bash") && File.Exists("/usr/bin/curl"), "There is no bash or no curl here.");
        await using var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Contoso", leftovers: 1);
        await using var host = await LocalHostProcess.StartAsync(
            stage.Storage, stage.Graph, ("Reanchor__VerificationFirstDelay", "00:00:01"), ("Reanchor__VerificationMaxDelay", "00:00:02"));
        using var watcher = await Api.SignInAsync(host.Origin, "watcher", ["Read", "Upload"]);
        var asked = await Api.TokenAsync(host.Origin, "ada", ["Read", "Administer", "Operate"]);
        var decides = await Api.TokenAsync(host.Origin, "piet", ["Read", "Approve"]);
        var ran = 0;

        foreach (var command in Commands(document))
        {
            if (command.Contains("/inventories", StringComparison.Ordinal))
            {
                await watcher.UploadAsync($"tenants/{tenant.Id}/inventories/corp", await Stage.InventoryAsync(tenant));
            }

            if (command.Contains("--data-binary @inventory.csv", StringComparison.Ordinal))
            {
                continue; // A file of the reader's own; the upload above takes its place.
            }

            var decision = command.Contains("/decision", StringComparison.Ordinal);
            await RunAsync(await FillInAsync(command, tenant, watcher), host.Origin, decision ? decides : asked);
            ran++;

            if (command.Contains("-X POST", StringComparison.Ordinal) && command.Contains("/scans", StringComparison.Ordinal))
            {
                await watcher.WaitForScanAsync(tenant.Id, await NewestScanAsync(watcher, tenant));
            }
            else if (command.Contains("'s/\"mode\":\"report\"", StringComparison.Ordinal) && document == "README.md")
            {
                // "The next scan proposes", says the README, and leaves the command to the reader.
                await watcher.WaitForScanAsync(tenant.Id, await ScanAgainAsync(host.Origin, asked, tenant, watcher));
            }
        }

        await Deadline.UntilAsync("the user is cleared", () => tenant.Requests.Any(request => request.Method == "PATCH"));
        tenant.RunSync();
        await Deadline.UntilAsync("the proposal is verified", async () => (await watcher.ListAsync($"tenants/{tenant.Id}/proposals"))
            .All(proposal => proposal.GetProperty("status").GetString() == "verified"));
        Assert.True(ran >= 8, $"{document} has only {ran} commands to run.");
    }

    /// <summary>Those that begin with curl, continued lines put together.</summary>
    private static IEnumerable<string> Commands(string document) =>
        Blocks().Matches(File.ReadAllText(Path.Combine(Root, document)))
            .SelectMany(block => block.Groups[1].Value
                .Replace("\\\n", " ", StringComparison.Ordinal)
                .Replace("|\n", "| ", StringComparison.Ordinal)
                .Split('\n', StringSplitOptions.TrimEntries))
            .Where(line => line.StartsWith("curl ", StringComparison.Ordinal));

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

    private static async Task<string> ScanAgainAsync(Uri origin, string token, SimulatedTenant tenant, Api watcher)
    {
        await RunAsync($"curl -X POST $API/api/tenants/{tenant.Id}/scans -H \"authorization: Bearer $TOKEN\"", origin, token);
        return await NewestScanAsync(watcher, tenant);
    }

    private static async Task RunAsync(string command, Uri origin, string token)
    {
        // An answer that is an error fails the command; nothing else about it is changed.
        var start = new ProcessStartInfo("/bin/bash", ["-c", "set -eo pipefail; curl() { command curl -sS --fail-with-body \"$@\"; }; " + command])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["API"] = origin.GetLeftPart(UriPartial.Authority);
        start.Environment["TOKEN"] = token;
        start.Environment["NO_PROXY"] = "127.0.0.1";
        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = bash.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await bash.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(bash.ExitCode == 0, $"{command}{Environment.NewLine}{await errors}{await output}");
    }

    private static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);

        while (!File.Exists(Path.Combine(folder.FullName, "Functions.sln")))
        {
            folder = folder.Parent!;
        }

        return folder.FullName;
    }

    [GeneratedRegex("^ *```\\w*\n(.*?)^ *```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
