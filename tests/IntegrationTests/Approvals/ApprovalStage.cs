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

/// <summary>A tenant on the <see cref="ApprovalGround"/> whose scan has something to ask, and its workflow in this process.</summary>
internal sealed class ApprovalStage : IAsyncDisposable
{
    public static readonly Guid Bea = Guid.Parse("bbbbbbbb-0000-4000-8000-000000000001");

    private readonly ApprovalGround _ground;

    private ApprovalStage(ApprovalGround ground, WorkflowHost workflow, SimulatedTenant tenant) => (_ground, Workflow, Tenant) = (ground, workflow, tenant);

    public WorkflowHost Workflow { get; }

    public LocalHostProcess Host => _ground.Host;

    public SimulatedTenant Tenant { get; }

    public Api Ada => _ground.Ada;

    public Api Piet => _ground.Piet;

    public Api Rosa => _ground.Rosa;

    public string Path => $"tenants/{Tenant.Id}";

    public IBatchStore Batches => new TableBatchStore(StorageConnection.FromConnectionString(_ground.Stage.Storage).Tables);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<ApprovalStage> SetAsync(ApprovalGround ground, int leftovers, object policy)
    {
        var (name, workflow) = ground.TakeSeat();
        workflow.PointAt(ground.Host.Origin);
        var tenant = ground.Stage.AddTenant($"Fabrikam-{name}", leftovers);
        var whole = JsonSerializer.SerializeToNode(policy)!.AsObject();
        whole["approvalWorkflow"] = name;
        await Stage.RegisterAsync(ground.Ada, tenant, "propose", whole);
        return new(ground, workflow, tenant);
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
        var store = new TableProposalStore(StorageConnection.FromConnectionString(_ground.Stage.Storage).Tables, TimeProvider.System);
        var found = await store.FindAsync(new(Tenant.Id), ProposalId.Parse(proposal.GetProperty("proposalId").GetString()!, null), Cancellation);
        Assert.NotNull(await store.TryUpdateAsync(found!, change(found!.Item), Cancellation));
    }

    public ValueTask DisposeAsync() => Workflow.DisposeAsync();
}
