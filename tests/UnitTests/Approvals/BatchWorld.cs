using Moq;
using Reanchor.Access;
using Reanchor.Approvals;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Approvals;

/// <summary>A scan with three proposals, and the workflow that asks about them.</summary>
internal sealed class BatchWorld : IDisposable
{
    public static readonly Actor Workflow = new(ActorKind.Application, "dddddddd-0000-4000-8000-000000000001", "approval workflow", "https://login.example/");

    public static readonly Guid Bea = Guid.Parse("bbbbbbbb-0000-4000-8000-000000000001");

    public BatchWorld()
    {
        World.Approvals.Workflows["default"] = "https://prod-1.logic.azure.com/workflows/1/triggers/manual/paths/invoke?api-version=2016-10-01";
        World.Approvals.ConsoleAddress = "https://console.example/";
        World.Workflow
            .Setup(w => w.AskAsync(It.IsAny<Uri>(), It.IsAny<string>(), It.IsAny<ApprovalRequest>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync((Uri _, string trackingId, ApprovalRequest request, CancellationToken _) =>
            {
                Asked.Add((trackingId, request));
                BeforeReply?.Invoke();
                return "run-1";
            });
    }

    public World World { get; } = new();

    public List<(string TrackingId, ApprovalRequest Request)> Asked { get; } = [];

    /// <summary>Once the workflow has been started, before it says so.</summary>
    public Action? BeforeReply { get; set; }

    public ScanId Scan { get; } = ScanId.At(Samples.Now);

    public List<Proposal> Proposals { get; } = [];

    public async Task GivenProposalsAsync(TenantPolicy? policy = null, int count = 3)
    {
        await World.RegisterAsync(t => t with { Policy = policy ?? new() { AssertedDecisionsCount = true } });

        for (var n = 0; n < count; n++)
        {
            Proposals.Add(Samples.NewProposal(World.Tenant.Id));
            await World.Get<ProposalLedger>().TryAddAsync(Proposals[^1], World.Cancellation);
        }
    }

    public async Task<ApprovalBatch> GivenAskedAsync(TenantPolicy? policy = null, int count = 3)
    {
        await GivenProposalsAsync(policy, count);
        Assert.Equal(RequestApprovalsOutcome.Waiting, await AdvanceAsync());
        Assert.Equal(RequestApprovalsOutcome.Asked, await DeliverAsync());
        return await BatchAsync();
    }

    public Task<RequestApprovalsOutcome> AdvanceAsync() => HandleAsync(new(World.Tenant.Id, Scan));

    /// <summary>The one message that waits.</summary>
    public Task<RequestApprovalsOutcome> DeliverAsync() => HandleAsync(Assert.Single(World.Queue.Take<RequestApprovals>()));

    public Task<RequestApprovalsOutcome> HandleAsync(RequestApprovals command) =>
        World.Get<RequestApprovalsHandler>().HandleAsync(command, World.Cancellation);

    public async Task<ApprovalBatch> BatchAsync() => (await World.Batches.FindAsync(World.Tenant.Id, Scan, World.Cancellation))!.Item;

    public static AnswerBatch Report(ApprovalBatch batch, BatchDecision decision = BatchDecision.Approve, string key = "run-1") => new(
        batch.Id, decision, batch.Digest, "Answered in the approval mail", new(batch.Id.Value, Bea, Guid.Parse("eeeeeeee-0000-4000-8000-000000000001"), "bea@contoso.com"),
        key, Workflow);

    public Task<AnswerBatchResult> AnswerAsync(AnswerBatch report) => World.Get<AnswerBatchHandler>().HandleAsync(report, World.Cancellation);

    public async Task<IReadOnlyList<ProposalStatus>> StatusesAsync()
    {
        var statuses = new List<ProposalStatus>();

        foreach (var proposal in Proposals)
        {
            statuses.Add((await World.Proposals.FindAsync(proposal.Tenant, proposal.Id, World.Cancellation))!.Item.Status);
        }

        return statuses;
    }

    public void Dispose() => World.Dispose();
}
