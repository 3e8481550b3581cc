using System.Net;
using System.Text.Json;
using Azure.Storage.Queues;
using Reanchor.GraphSimulator;
using Reanchor.Queueing;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>A tenant with leftovers at a running LocalHost, and the people who take them through the pipeline.</summary>
internal sealed class ClearingRun : IAsyncDisposable
{
    /// <summary>Verification looks so late that no test meets it.</summary>
    public static readonly (string Name, string Value)[] VerifiesLater =
        [("Reanchor__VerificationFirstDelay", "00:10:00"), ("Reanchor__VerificationMaxDelay", "00:10:00")];

    public static readonly (string Name, string Value)[] VerifiesSoon =
        [("Reanchor__VerificationFirstDelay", "00:00:01"), ("Reanchor__VerificationMaxDelay", "00:00:01")];

    private readonly Stage _stage;
    private readonly LocalHostProcess _host;

    private ClearingRun(Stage stage, LocalHostProcess host, SimulatedTenant tenant, Api ada, Api piet) =>
        (_stage, _host, Tenant, Ada, Piet) = (stage, host, tenant, ada, piet);

    public SimulatedTenant Tenant { get; }

    public SimulatedCloud Cloud => _stage.Cloud;

    public Uri Origin => _host.Origin;

    /// <summary>Administers, operates and uploads; approves nothing.</summary>
    public Api Ada { get; }

    /// <summary>Approves, and nothing else.</summary>
    public Api Piet { get; }

    public string Path => $"tenants/{Tenant.Id}";

    public IReadOnlyList<RecordedRequest> Writes => [.. Tenant.Requests.Where(r => r.Method == "PATCH")];

    public static async Task<ClearingRun> StartAsync(
        SimulatedTenant tenant, Stage stage, (string Name, string Value)[] settings, object? policy = null)
    {
        var host = await LocalHostProcess.StartAsync(stage.Storage, stage.Graph, settings);
        var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload"]);
        var piet = await Api.SignInAsync(host.Origin, "piet", ["Approve"]);
        await Stage.RegisterAsync(ada, tenant, "propose", policy);
        return new(stage, host, tenant, ada, piet);
    }

    public Task<Api> SignInAsync(string name, params string[] roles) => Api.SignInAsync(_host.Origin, name, roles);

    /// <summary>Scans, and waits until every leftover is proposed.</summary>
    /// <returns>In the order of their user principal names.</returns>
    public async Task<List<JsonElement>> ProposeAsync(int expected)
    {
        await Ada.ScanAsync(Tenant.Id, "propose");
        List<JsonElement> pending = [];
        await Deadline.UntilAsync("all are proposed", async () =>
            (pending = await Ada.ListAsync($"{Path}/proposals?status=pending")).Count == expected);
        return [.. pending.OrderBy(p => p.GetProperty("userPrincipalName").GetString(), StringComparer.Ordinal)];
    }

    public async Task ApproveAsync(params IEnumerable<JsonElement> proposals)
    {
        foreach (var proposal in proposals)
        {
            await Piet.PostAsync($"{Of(proposal)}/decision", Approval(proposal));
        }
    }

    public static object Approval(JsonElement proposal) =>
        new { decision = "approve", digest = proposal.GetProperty("digest").GetString(), reason = "same person" };

    public string Of(JsonElement proposal) => $"{Path}/proposals/{proposal.GetProperty("proposalId").GetString()}";

    public Task<JsonElement> ReadAsync(JsonElement proposal) => Ada.GetAsync(Of(proposal));

    public async Task<JsonElement> StatusAsync(JsonElement proposal, string status)
    {
        JsonElement now = default;
        await Deadline.UntilAsync($"{proposal.GetProperty("userPrincipalName").GetString()} is {status}", async () =>
            (now = await ReadAsync(proposal)).GetProperty("status").GetString() == status);
        return now;
    }

    /// <summary>Every message has been handled to its end, whatever came of it.</summary>
    public Task HandledAsync(string queue) =>
        Deadline.UntilAsync($"{queue} is empty", async () =>
            (await new QueueClient(_stage.Storage, queue).GetPropertiesAsync(TestContext.Current.CancellationToken))
                .Value.ApproximateMessagesCount == 0);

    public Task ClearsHandledAsync() => HandledAsync(QueueNames.Clears);

    public Task<List<JsonElement>> EventsAsync(string type) => Ada.ListAsync($"{Path}/audit?type={type}");

    public SimulatedUser UserOf(JsonElement proposal) => Tenant.FindUser(proposal.GetProperty("userId").GetGuid())!;

    /// <summary>Sends a body that is in order, and expects no.</summary>
    public static async Task<string> RefusedAsync(Api caller, string path, HttpStatusCode status)
    {
        var problem = await caller.PostAsync(path, new { reason = "looked into it" }, status);
        return problem.GetProperty("detail").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        Ada.Dispose();
        Piet.Dispose();
        await _host.DisposeAsync();
    }
}
