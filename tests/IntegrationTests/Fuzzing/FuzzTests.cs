using System.Collections.Concurrent;
using System.Text.Json;
using Reanchor.Access;
using Reanchor.IntegrationTests.Pipeline;
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

    [Fact]
    public async Task AnyRequest_ToAnyRoute_IsAnsweredInOrder()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("FUZZ_SEED"), out var given) ? given : EverydaySeed;
        output.WriteLine($"FUZZ_SEED={seed}");
        await using var stage = await Stage.SetAsync();
        await using var host = await LocalHostProcess.StartAsync(
            stage.Storage, stage.Graph, ("Access__RequestsPerMinute", "1000000"), ("Access__FailedSignInsPerMinute", "1000000"));
        var targets = await PrepareAsync(stage, host);
        var (faults, statuses) = (new ConcurrentQueue<string>(), new ConcurrentDictionary<int, int>());

        await Task.WhenAll(Enumerable.Range(0, Connections).Select(i => RunAsync(new(targets, seed + i), i, host.Origin.Port, faults, statuses)));

        output.WriteLine(string.Join(", ", statuses.OrderBy(s => s.Key).Select(s => $"{s.Key}: {s.Value}")));
        var errors = host.Output.Split('\n').Where(line =>
            (line.StartsWith("fail:", StringComparison.Ordinal) || line.StartsWith("crit:", StringComparison.Ordinal)) && !Expected.Any(line.Contains)).ToList();
        Assert.True(
            faults.IsEmpty && errors.Count == 0,
            $"FUZZ_SEED={seed}, {faults.Count} faults:\n{string.Join("\n\n", faults.Take(10))}\n\n{errors.Count} errors in the log:\n{string.Join('\n', errors.Take(10))}");
        Assert.False(host.HasExited);

        // That most requests got past the gate, and many were in order.
        Assert.True(statuses[200] > Requests / 20 && statuses[400] > Requests / 20, "Too few requests mean anything.");
        Assert.Equal(Requests, statuses.Values.Sum());
    }

    private static async Task RunAsync(
        RequestFuzzer fuzzer, int first, int port, ConcurrentQueue<string> faults, ConcurrentDictionary<int, int> statuses)
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
        using var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload"]);
        await Stage.RegisterAsync(ada, tenant, "propose");
        await Stage.RegisterAsync(ada, other, "report");
        var scan = await ada.ScanAsync(tenant.Id, "propose");
        List<JsonElement> proposals = [];
        await Deadline.UntilAsync("all are proposed", async () => (proposals = await ada.ListAsync($"tenants/{tenant.Id}/proposals")).Count == 3);
        var next = (await ada.GetAsync($"tenants/{tenant.Id}/audit?top=1")).GetProperty("next").GetString()!;
        var tokens = new Dictionary<string, string>();

        foreach (var role in Enum.GetNames<Role>())
        {
            tokens[role] = await Api.TokenAsync(host.Origin, $"fuzz-{role}", [role], $"{tenant.Id}", $"{other.Id}", "88888888-8888-4888-8888-888888888888");
        }

        return new()
        {
            Tokens = tokens,
            Nexts = [Uri.EscapeDataString(next)],
            Inventory = await Stage.InventoryAsync(tenant),
            Ids = new Dictionary<string, IReadOnlyList<string>>
            {
                // The third is in scope and not registered, until a request registers it.
                ["tenantId"] = [$"{tenant.Id}", $"{tenant.Id}", $"{tenant.Id}", $"{other.Id}", "88888888-8888-4888-8888-888888888888"],
                ["proposalId"] = [.. proposals.Select(p => p.GetProperty("proposalId").GetString()!)],
                ["digest"] = [proposals[0].GetProperty("digest").GetString()!],
                ["userId"] = [.. proposals.Select(p => p.GetProperty("userId").GetString()!)],
                ["user"] = [.. proposals.Select(p => p.GetProperty("userPrincipalName").GetString()!)],
                ["scanId"] = [scan.GetProperty("scanId").GetString()!],
                ["collectorId"] = ["corp"],
            },
        };
    }
}
