using System.Text.Json;
using System.Text.Json.Nodes;
using Xunit;
using Reanchor.Adapters.Storage;
using Reanchor.Adapters.Tables;
using Reanchor.Approvals;
using Reanchor.GraphSimulator;
using Reanchor.IntegrationTests.Pipeline;
using Reanchor.Proposals;
using Reanchor.Scanning;

namespace Reanchor.IntegrationTests.Approvals;

/// <summary>A LocalHost process, its workflow in this one, and a tenant whose scan has something to ask.</summary>
internal sealed class ApprovalStage : IAsyncDisposable
{
    public static readonly Guid Bea = Guid.Parse("bbbbbbbb-0000-4000-8000-000000000001");

    private readonly Stage _stage;

    private ApprovalStage(Stage stage, WorkflowHost workflow, LocalHostProcess host, SimulatedTenant tenant, Api ada, Api piet, Api rosa) =>
        (_stage, Workflow, Host, Tenant, Ada, Piet, Rosa) = (stage, workflow, host, tenant, ada, piet, rosa);

    public WorkflowHost Workflow { get; }

    public LocalHostProcess Host { get; }

    public SimulatedTenant Tenant { get; }

    /// <summary>Administers, operates and uploads.</summary>
    public Api Ada { get; }

    public Api Piet { get; }

    public Api Rosa { get; }

    public string Path => $"tenants/{Tenant.Id}";

    public IBatchStore Batches => new TableBatchStore(StorageConnection.FromConnectionString(_stage.Storage).Tables);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ApprovalStage> SetAsync(int leftovers, object policy, string workflow = "approval.workflow.json")
    {
        var stage = await Stage.SetAsync();
        var tenant = stage.AddTenant("Fabrikam", leftovers);
        var player = await WorkflowHost.StartAsync(workflow);
        var host = await LocalHostProcess.StartAsync(
            stage.Storage,
            stage.Graph,
            ("Approvals__Workflows__default", player.Trigger.AbsoluteUri),
            ("Approvals__ConsoleAddress", player.Origin.AbsoluteUri),
            ("Approvals__AllowLoopback", "true"),
            ("Approvals__CallbackHosts", ".logic.azure.com, localhost"),
            ("Approvals__BatchDelay", "00:00:01"),
            ("Reanchor__VerificationFirstDelay", "00:10:00"));
        player.PointAt(host.Origin);
        var ada = await Api.SignInAsync(host.Origin, "ada", ["Administer", "Operate", "Upload", "Read"]);
        await Stage.RegisterAsync(ada, tenant, "propose", policy);

        return new(
            stage, player, host, tenant, ada,
            await Api.SignInAsync(host.Origin, "piet", ["Approve"]),
            await Api.SignInAsync(host.Origin, "rosa", ["Approve"]));
    }

    /// <summary>What the Office 365 connector says when somebody has pressed a button.</summary>
    public static ConnectorAnswer Presses(string option) => new(TimeSpan.FromHours(1), new JsonObject
    {
        ["SelectedOption"] = option,
        ["UserEmailAddress"] = "bea@fabrikam.example",
        ["UserId"] = $"{Bea}",
        ["UserTenantId"] = $"{Guid.NewGuid()}",
    });

    /// <summary>Scans, and waits for all proposals.</summary>
    public async Task<List<JsonElement>> ProposeAsync(int expected)
    {
        await Ada.ScanAsync(Tenant.Id, "propose");
        List<JsonElement> pending = [];
        await Deadline.UntilAsync("all are proposed", async () => (pending = await ListAsync(null)).Count == expected);
        return pending;
    }

    /// <summary>Scans, and waits until the workflow was started and has run to its end.</summary>
    public async Task<WorkflowRun> RunAsync()
    {
        await Ada.ScanAsync(Tenant.Id, "propose");
        return await OnlyRunAsync();
    }

    public async Task<WorkflowRun> OnlyRunAsync()
    {
        await Deadline.UntilAsync("the workflow has run", () => Workflow.Runs.Any(r => r.Completed.IsCompleted && !r.Attempts.IsEmpty) || !Workflow.Faults.IsEmpty);
        Assert.Empty(Workflow.Faults);
        var run = Assert.Single(Workflow.Runs);
        await run.Completed;
        return run;
    }

    public Task<List<JsonElement>> ListAsync(string? status) =>
        Ada.ListAsync($"{Path}/proposals{(status is null ? "" : $"?status={status}")}");

    public Task<List<JsonElement>> EventsAsync(string type) => Ada.ListAsync($"{Path}/audit?type={type}");

    public string Of(JsonElement proposal) => $"{Path}/proposals/{proposal.GetProperty("proposalId").GetString()}";

    /// <summary>The one of the tenant's latest scan, once the workflow was started.</summary>
    public async Task<ApprovalBatch> BatchAsync()
    {
        var scan = (await ListAsync(null))[0].GetProperty("scanId").GetString()!;
        return (await Batches.FindAsync(new(Tenant.Id), ScanId.Parse(scan, null), CancellationToken.None))!.Item;
    }

    /// <summary>Changes the stored batch behind Reanchor's back.</summary>
    public async Task ChangeAsync(ApprovalBatch batch, Func<ApprovalBatch, ApprovalBatch> change)
    {
        while (await Batches.FindAsync(batch.Tenant, batch.Scan, CancellationToken.None) is { } found
            && await Batches.TryUpdateAsync(found, change(found.Item), CancellationToken.None) is null)
        {
            // Reanchor wrote first; once more, on what it wrote.
        }
    }

    /// <summary>Changes a stored proposal behind Reanchor's back.</summary>
    public async Task ChangeAsync(JsonElement proposal, Func<Proposal, Proposal> change)
    {
        var store = new TableProposalStore(StorageConnection.FromConnectionString(_stage.Storage).Tables, TimeProvider.System);
        var found = await store.FindAsync(new(Tenant.Id), ProposalId.Parse(proposal.GetProperty("proposalId").GetString()!, null), Cancellation);
        Assert.NotNull(await store.TryUpdateAsync(found!, change(found!.Item), Cancellation));
    }

    public async ValueTask DisposeAsync()
    {
        Ada.Dispose();
        Piet.Dispose();
        Rosa.Dispose();
        await Host.DisposeAsync();
        await Workflow.DisposeAsync();
        await _stage.DisposeAsync();
    }
}
