using System.Collections.Concurrent;
using System.Text.Json;
using Reanchor.Access;
using Reanchor.Adapters.Storage;
using Reanchor.Adapters.Tables;
using Reanchor.Approvals;
using Reanchor.IntegrationTests.Approvals;
using Reanchor.IntegrationTests.Pipeline;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.IntegrationTests.Fuzzing;

/// <summary>Whatever is sent to whichever route: never a fault of ours, and every refusal says what is wrong in the form that is promised.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    /// <summary>Set FUZZ_SEED for other requests.</summary>
    private const int EverydaySeed = 20_261_127;

    private const int Requests = 20_000;
    private const int Connections = 8;

    /// <summary>Log lines of level error that a request may rightly lead to: a scan that failed or halted.</summary>
    private static readonly string[] Expected = ["Reanchor.Scanning.ScanConclusion[2006]"];

    /// <summary>What takes more than a well-formed request: there is no such route, no poison message, and no host that can be called back.</summary>
    private static readonly string[] NeverInOrder = ["Nothing", "RetryPoison", "Unsubscribe"];

    [Fact]
    public async Task AnyRequest_ToAnyRoute_IsAnsweredInOrder()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("FUZZ_SEED"), out var given) ? given : EverydaySeed;
        output.WriteLine($"FUZZ_SEED={seed}");
        await using var stage = await Stage.SetAloneAsync();
        await using var workflow = await WorkflowHost.StartAsync("approval.workflow.json");
        await using var host = await LocalHostProcess.StartAsync(
            stage.Storage,
            stage.Graph,
            ("Access__RequestsPerMinute", "1000000"),
            ("Access__FailedSignInsPerMinute", "1000000"),
            ("Approvals__Workflows__default", workflow.Trigger.AbsoluteUri),
            ("Approvals__ConsoleAddress", "http://localhost/"),
            ("Approvals__AllowLoopback", "true"),
            ("Approvals__BatchDelay", "00:00:01"));
        workflow.PointAt(host.Origin);
        workflow.Approver = _ => new(TimeSpan.FromDays(8), null);
        var targets = await PrepareAsync(stage, host);
        var (faults, statuses, admitted) = (new ConcurrentQueue<string>(), new ConcurrentDictionary<int, int>(), new ConcurrentDictionary<string, bool>());

        await Task.WhenAll(Enumerable.Range(0, Connections).Select(i => RunAsync(new(targets, seed + i), i, host.Origin.Port, faults, statuses, admitted)));

        output.WriteLine(string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}")));
        var errors = host.Output.Split('\n').Where(line =>
            (line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal)) && !Expected.Any(line.Contains)).ToList();
        Assert.True(
            faults.IsEmpty && errors.Count == 0,
            $"FUZZ_SEED={seed}, {faults.Count} faults:\n{string.Join("\n\n", faults.Take(10))}\n\n{errors.Count} errors in the log:\n{string.Join('\n', errors.Take(10))}");
        Assert.False(host.HasExited);

        // That most requests got past the gate, into every function, and many were in order.
        var unreached = targets.Functions.Select(f => f.Name).Except(admitted.Keys).Except(NeverInOrder).ToList();
        Assert.True(unreached.Count == 0, $"No request did anything to {string.Join(", ", unreached)}.");
        Assert.True(statuses[200] > Requests / 20 && statuses[400] > Requests / 20, "Too few requests mean anything.");
        Assert.Equal(Requests, statuses.Values.Sum());
    }

    private static async Task RunAsync(
        RequestFuzzer fuzzer,
        int first,
        int port,
        ConcurrentQueue<string> faults,
        ConcurrentDictionary<int, int> statuses,
        ConcurrentDictionary<string, bool> admitted)
    {
        using var connection = new RawConnection(port);

        for (var number = first; number < Requests; number += Connections)
        {
            var request = fuzzer.Next(number / Connections);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            patience.CancelAfter(TimeSpan.FromMinutes(2));
            var isHead = request.Head.StartsWith("HEAD ", StringComparison.Ordinal);
            var answer = await connection.SendAsync(request.Bytes, isWhole: !request.Breaks, isHead, patience.Token);
            statuses.AddOrUpdate(answer?.Status ?? 0, 1, (_, count) => count + 1);

            if (!request.Breaks && answer?.Status is < 300 or 409 or 410 or 422)
            {
                admitted[request.Function] = true;
            }

            if (WrongWith(answer, request, isHead) is { } wrong)
            {
                faults.Enqueue($"Request {number}: {wrong}\n{request}\n-> {answer?.Status} {answer?.Type} {answer?.Text}");
            }
        }
    }

    private static string? WrongWith(RawAnswer? answer, FuzzRequest request, bool isHead) =>
        answer is null ? request.Breaks ? null : "no answer"
        : answer.Status >= 500 ? "a fault of ours"
        : answer.Status is >= 300 and < 400 ? "a redirection"
        : answer.Status < 400 || isHead || (answer.Body.Length == 0 && IsServersOwn(answer, request)) ? null
        : !answer.Type.StartsWith("application/problem+json", StringComparison.Ordinal) ? "a refusal in another form"
        : IsProblem(answer) ? null : "a refusal that says nothing";

    /// <summary>What is no HTTP is refused by the server itself, and the connection closed.</summary>
    private static bool IsServersOwn(RawAnswer answer, FuzzRequest request) =>
        answer.ClosesConnection && (request.Breaks || answer.Status is 400);

    private static bool IsProblem(RawAnswer answer)
    {
        var problem = JsonSerializer.Deserialize<JsonElement>(answer.Body);
        return problem.GetProperty("status").GetInt32() == answer.Status && problem.GetProperty("title").GetString() is { Length: > 0 };
    }

    private static async Task<FuzzTargets> PrepareAsync(Stage stage, LocalHostProcess host)
    {
        var tenant = stage.AddTenant("Wingtip", leftovers: 3, plainUsers: 20);
        var other = stage.AddTenant("Lucerne", leftovers: 1, plainUsers: 5);
        var spare = stage.AddTenant("Spare", leftovers: 1, plainUsers: 5);
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload"]);
        await Stage.RegisterAsync(ada, tenant, "propose");
        await Stage.RegisterAsync(ada, other, "report");
        await Stage.RegisterAsync(ada, spare, "report");
        var scan = await ada.ScanAsync(tenant.Id, "propose");
        List<JsonElement> proposals = [];
        await Deadline.UntilAsync("all are proposed", async () => (proposals = await ada.ListAsync($"tenants/{tenant.Id}/proposals")).Count == 3);
        var next = (await ada.GetAsync($"tenants/{tenant.Id}/audit?top=1")).GetProperty("next").GetString()!;
        var batches = new TableBatchStore(StorageConnection.FromConnectionString(stage.Storage).Tables);
        var scanId = ScanId.Parse(scan.GetProperty("scanId").GetString()!, null);
        Versioned<ApprovalBatch>? batch = null;
        await Deadline.UntilAsync(
            "there is a batch", async () => (batch = await batches.FindAsync(new(tenant.Id), scanId, TestContext.Current.CancellationToken)) is not null);

        return new()
        {
            Tokens = await TokensAsync(host, $"{tenant.Id} {other.Id} {spare.Id}"),
            WideTokens = await TokensAsync(host, "*"),
            Nexts = [Uri.EscapeDataString(next)],
            Inventory = await Stage.InventoryAsync(tenant),
            Ids = new Dictionary<string, IReadOnlyList<string>>
            {
                // The last may be removed.
                ["tenantId"] = [$"{tenant.Id}", $"{tenant.Id}", $"{tenant.Id}", $"{other.Id}", $"{spare.Id}"],
                ["proposalId"] = [.. proposals.Select(p => p.GetProperty("proposalId").GetString()!)],
                ["digest"] = [proposals[0].GetProperty("digest").GetString()!, batch!.Item.Digest],
                ["batchId"] = [batch.Item.Id.Value],
                ["path"] = ["index.html"],
                ["subscriptionId"] = ["k"],
                ["principalId"] = ["99999999-9999-4999-8999-999999999999"],
                ["userId"] = [.. proposals.Select(p => p.GetProperty("userId").GetString()!)],
                ["user"] = [.. proposals.Select(p => p.GetProperty("userPrincipalName").GetString()!)],
                ["scanId"] = [scan.GetProperty("scanId").GetString()!],
                ["collectorId"] = ["corp"],
            },
        };
    }

    private static async Task<Dictionary<string, string>> TokensAsync(LocalHostProcess host, string tenants)
    {
        var tokens = new Dictionary<string, string>();

        foreach (var role in Enum.GetValues<Role>())
        {
            var kind = role.IsFor(ActorKind.Person) ? "person" : "application";
            tokens[$"{role}"] = await WorkflowHost.TokenAsync(host.Origin, $"fuzz-{role}", kind, $"{role}", tenants.Split(' '));
        }

        return tokens;
    }
}
