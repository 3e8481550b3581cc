using System.Net;
using System.Text.Json;
using Azure.Storage.Queues;
using Reanchor.Contracts;
using Reanchor.GraphSimulator;
using Reanchor.IntegrationTests.Pipeline;
using Reanchor.Queueing;
using Xunit;

namespace Reanchor.IntegrationTests.Documents;

/// <summary>
/// A tenant in all the states that the documents speak of: two users cleared, clears refused and the tenant therefore in quarantine, a message
/// given up on, the latest scan halted by a cap, a collector with a key. And somebody who has every role, to follow a document there.
/// </summary>
internal sealed class TroubledTenant : IDisposable
{
    private readonly ClearingRun _run;
    private readonly Shell _shell;
    private readonly string _token;
    private readonly JsonElement _cleared;
    private readonly JsonElement _pending;

    private TroubledTenant(ClearingRun run, Shell shell, string token, JsonElement cleared, JsonElement pending) =>
        (_run, _shell, _token, _cleared, _pending) = (run, shell, token, cleared, pending);

    /// <param name="run">Of a new tenant with so many leftovers.</param>
    public static async Task<TroubledTenant> PrepareAsync(Stage stage, ClearingRun run, int leftovers)
    {
        var tenant = run.Tenant;
        var proposals = await run.ProposeAsync(leftovers);
        await run.ApproveAsync(proposals[..2]);
        await run.StatusAsync(proposals[0], "cleared");
        await run.StatusAsync(proposals[1], "cleared");

        tenant.Settings = tenant.Settings with { Permissions = [.. GraphPermissions.All.Except([GraphPermissions.UserReadWriteAll])] };
        await run.ApproveAsync(proposals[2..7]);
        await Deadline.UntilAsync("the tenant is in quarantine", async () =>
            (await run.Ada.GetAsync(run.Path)).GetProperty("quarantine").ValueKind is JsonValueKind.Object);
        tenant.Settings = tenant.Settings with { Permissions = GraphPermissions.All };

        var pending = proposals[^1];
        await new QueueClient(stage.Storage, QueueNames.Clears + QueueNames.PoisonSuffix, new() { MessageEncoding = QueueMessageEncoding.Base64 })
            .SendMessageAsync(
                $$"""{"tenant":"{{tenant.Id}}","proposal":"{{pending.GetProperty("proposalId").GetString()}}"}""", TestContext.Current.CancellationToken);

        await Stage.RegisterAsync(run.Ada, tenant, "propose", new { maxProposalsPerScan = 1 });
        var scan = await run.Ada.ScanAsync(tenant.Id, "propose");
        Assert.Equal("cap", scan.GetProperty("haltKind").GetString());

        var shell = new Shell(run.Origin);
        var key = await run.Ada.PostAsync($"{run.Path}/collectors/corp/key", new { }, HttpStatusCode.Created);
        SecretFile.Write(Path.Combine(shell.Folder, "key"), key.GetProperty("key").GetString()!);
        var token = await Api.TokenAsync(run.Origin, "olga", ["Read", "Operate", "Approve", "Administer"]);
        return new(run, shell, token, proposals[0], pending);
    }

    /// <summary>Puts in what the document leaves to its reader, and runs the command.</summary>
    /// <returns>What it printed.</returns>
    public async Task<string> FollowAsync(string command)
    {
        foreach (var (placeholder, read) in Placeholders(command))
        {
            if (command.Contains(placeholder, StringComparison.Ordinal))
            {
                command = command.Replace(placeholder, await read(), StringComparison.Ordinal);
            }
        }

        if (command.StartsWith("reanchor-collector ", StringComparison.Ordinal))
        {
            // The export before it, which takes a domain controller.
            await File.WriteAllBytesAsync(
                Path.Combine(_shell.Folder, "corp.ndjson.gz"), await Stage.InventoryAsync(_run.Tenant), TestContext.Current.CancellationToken);
        }

        return await _shell.RunAsync(command, _token);
    }

    public void Dispose() => _shell.Dispose();

    private (string Placeholder, Func<Task<string>> Read)[] Placeholders(string command) =>
    [
        ("https://reanchor.example", () => Task.FromResult(_run.Origin.GetLeftPart(UriPartial.Authority))),
        ("{\"kind\":", () => Task.FromResult("{\"directoryId\":\"99999999-9999-9999-9999-999999999999\",\"kind\":")), // needed where LocalHost signs people in
        ("TENANT-ID", () => Task.FromResult($"{_run.Tenant.Id}")),
        ("OBJECT-ID", () => Task.FromResult("88888888-8888-8888-8888-888888888888")),
        ("USER-ID", () => Task.FromResult(_pending.GetProperty("userId").GetString()!)),
        ("LAST-DAY", () => Task.FromResult($"{DateTimeOffset.UtcNow.AddDays(30):yyyy-MM-dd}T00:00:00Z")),
        ("ITEM-ID", () => FirstAsync("poison?status=waiting", "itemId")),
        ("PROPOSAL-ID", () => command.Contains("/restore-anchor", StringComparison.Ordinal)
            ? Task.FromResult(_cleared.GetProperty("proposalId").GetString()!)
            : FirstAsync("proposals?status=refused", "proposalId")),
        ("SCAN-ID", () => command.Contains("/restore-anchors", StringComparison.Ordinal)
            ? Task.FromResult(_cleared.GetProperty("scanId").GetString()!)
            : EndedScanAsync()),
    ];

    private async Task<string> EndedScanAsync()
    {
        var scan = await FirstAsync("scans", "scanId");
        await _run.Ada.WaitForScanAsync(_run.Tenant.Id, scan);
        return scan;
    }

    private async Task<string> FirstAsync(string path, string member)
    {
        List<JsonElement> items = [];
        await Deadline.UntilAsync($"{path} has something", async () => (items = await _run.Ada.ListAsync($"{_run.Path}/{path}")).Count > 0);
        return items[0].GetProperty(member).GetString()!;
    }
}
