using Moq;
using Reanchor.Approvals;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Maintenance;
using Reanchor.Proposals;
using Reanchor.Scanning;

namespace Reanchor.UnitTests.Approvals;

public sealed class RequestApprovalsHandlerTests : IDisposable
{
    private readonly BatchWorld _batch = new();

    private World World => _batch.World;

    public void Dispose() => _batch.Dispose();

    [Fact]
    public async Task HandleAsync_NoWorkflowSet_AsksNobody()
    {
        await _batch.GivenProposalsAsync();
        World.Approvals.Workflows.Clear();

        Assert.Equal(RequestApprovalsOutcome.Off, await _batch.AdvanceAsync());
        Assert.Empty(World.Queue.Sent);
    }

    [Fact]
    public async Task HandleAsync_ProposalsStillArriving_WaitsUntilTwoLooksSeeTheSame()
    {
        await _batch.GivenProposalsAsync();
        await _batch.AdvanceAsync();
        await _batch.GivenProposalsAsync(count: 1);

        Assert.Equal(RequestApprovalsOutcome.Waiting, await _batch.DeliverAsync());
        Assert.Equal(RequestApprovalsOutcome.Asked, await _batch.DeliverAsync());

        Assert.Equal(4, Assert.Single(_batch.Asked).Request.Proposals);
    }

    [Fact]
    public async Task HandleAsync_Pending_AsksOnceWithTheirDigestAndTellsIt()
    {
        var batch = await _batch.GivenAskedAsync();

        Assert.Equal(RequestApprovalsOutcome.Asked, await _batch.AdvanceAsync());

        var (_, request) = Assert.Single(_batch.Asked);
        Assert.Equal((batch.Id, batch.Digest, "Corp", 3), (request.BatchId, request.Digest, request.TenantName, request.Proposals));
        Assert.Equal(ApprovalBatch.DigestOf(_batch.Proposals.Select(p => new BatchItem(p.Id, p.Digest))), batch.Digest);
        Assert.Equal(_batch.Proposals[0].ExpiresAt, batch.ExpiresAt);
        Assert.Equal($"https://console.example/api/console/#/tenants/{batch.Tenant}/review", request.ReviewUrl);
        var told = Assert.Single(World.Audit.Entries, e => e.Type == nameof(ApprovalsRequested));
        Assert.Equal("run-1", told.Details.GetProperty("runId").GetString());
    }

    [Fact]
    public async Task HandleAsync_MoreThanOneBatchTakes_LeavesTheOthersToTheConsole()
    {
        var batch = await _batch.GivenAskedAsync(count: ApprovalBatch.MaxItems + 1);

        Assert.Equal((ApprovalBatch.MaxItems, 1), (batch.Items.Count, batch.Others));
    }

    [Fact]
    public async Task HandleAsync_WorkflowAway_AsksAgainUnderTheSameNames()
    {
        await _batch.GivenProposalsAsync();
        await _batch.AdvanceAsync();
        var command = Assert.Single(World.Queue.Take<RequestApprovals>());
        _batch.BeforeReply = () => throw new WorkflowUnavailableException("503");
        await Assert.ThrowsAsync<WorkflowUnavailableException>(() => _batch.HandleAsync(command));
        _batch.BeforeReply = null;

        Assert.Equal(RequestApprovalsOutcome.Asked, await _batch.HandleAsync(command));

        Assert.Equal(2, _batch.Asked.Count);
        Assert.Single(_batch.Asked.Select(a => (a.TrackingId, a.Request.BatchId)).Distinct());
        Assert.Single(World.Audit.Types, nameof(ApprovalsRequested));
    }

    [Fact]
    public async Task HandleAsync_TwoDeliveriesAtOnce_AskOnce()
    {
        await _batch.GivenProposalsAsync();
        await _batch.AdvanceAsync();
        var command = Assert.Single(World.Queue.Take<RequestApprovals>());
        var other = RequestApprovalsOutcome.Off;
        _batch.BeforeReply = () =>
        {
            _batch.BeforeReply = null;
            other = _batch.HandleAsync(command).GetAwaiter().GetResult();
        };

        Assert.Equal(RequestApprovalsOutcome.Asked, await _batch.HandleAsync(command));

        Assert.Equal(RequestApprovalsOutcome.Waiting, other);
        Assert.Single(_batch.Asked);
        Assert.Equal(RequestApprovalsOutcome.Asked, await _batch.DeliverAsync());
        Assert.Single(_batch.Asked);
    }

    [Fact]
    public async Task HandleAsync_AnsweredBeforeTheWorkflowSaidThatItRuns_KeepsBoth()
    {
        await _batch.GivenProposalsAsync();
        await _batch.AdvanceAsync();
        _batch.BeforeReply = () => _batch.AnswerAsync(BatchWorld.Report(_batch.BatchAsync().Result)).GetAwaiter().GetResult();

        await _batch.DeliverAsync();

        var batch = await _batch.BatchAsync();
        Assert.Equal(("run-1", BatchDecision.Approve), (batch.Run!.RunId, batch.Answer!.Decision));
    }

    [Fact]
    public async Task HandleAsync_AllDecidedInTheConsole_ClosesAndTellsWhatCameOfThem()
    {
        await _batch.GivenAskedAsync();
        await World.DecideAsync(_batch.Proposals[0], approve: true);
        await World.DecideAsync(_batch.Proposals[1], approve: false);
        Assert.Equal(RequestApprovalsOutcome.Asked, await _batch.AdvanceAsync());
        World.Clock.SetUtcNow(_batch.Proposals[2].ExpiresAt);
        await World.Get<MaintainHandler>().HandleAsync(World.Cancellation);

        Assert.Equal(RequestApprovalsOutcome.Closed, await _batch.DeliverAsync());

        Assert.Equal(new BatchEnd(BatchOutcome.Mixed, 1, 1, 1, World.Clock.GetUtcNow()), (await _batch.BatchAsync()).End);
        Assert.Single(World.Audit.Types, nameof(BatchClosed));
    }

    [Fact]
    public async Task Conclude_ScanWithCandidates_SendsForApprovalsOnlyWhereAWorkflowIsSet()
    {
        await World.GivenAnnAsync();
        await World.ScanAsync();
        var sent = Assert.Single(World.Queue.Sent, s => s.Command is RequestApprovals);
        World.Queue.Take<object>();
        World.Approvals.Workflows.Clear();
        await World.ScanAsync();

        Assert.Equal(World.Approvals.BatchDelay, sent.Delay);
        Assert.Empty(World.Queue.Of<RequestApprovals>());
    }

    [Fact]
    public async Task Maintain_MessageLost_SendsForTheLatestScanAgain()
    {
        var proposal = await World.GivenProposalAsync();
        World.Queue.Take<RequestApprovals>();

        await World.Get<MaintainHandler>().HandleAsync(World.Cancellation);

        Assert.Equal([new RequestApprovals(proposal.Tenant, proposal.Scan)], World.Queue.Of<RequestApprovals>());
    }

    [Fact]
    public async Task Request_HostileNames_AreEncodedAndShort()
    {
        const string Hostile = "<script>alert('x')</script>\"&\u202Egnp.exe\r\nBcc: all@contoso.com";
        await World.RegisterAsync(t => t with { DisplayName = Hostile, Policy = new() { ApprovalRecipients = ["anton@contoso.com", "amy@contoso.com"] } });

        for (var n = 0; n < 40; n++)
        {
            var proposal = Samples.NewProposal(World.Tenant.Id) with { DisplayName = Hostile + new string('<', 5000), UserPrincipalName = Hostile };
            await World.Get<ProposalLedger>().TryAddAsync(proposal, World.Cancellation);
        }

        await _batch.AdvanceAsync();
        await _batch.DeliverAsync();

        var request = Assert.Single(_batch.Asked).Request;
        Assert.Equal("anton@contoso.com;amy@contoso.com", request.Recipients);
        Assert.InRange(request.SummaryHtml.Length, 1, ApprovalSummary.MaxLength);
        Assert.DoesNotContain("<script", request.SummaryHtml, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", request.SummaryHtml, StringComparison.Ordinal);
        Assert.DoesNotContain(request.SummaryHtml + request.TenantName, c => c is '\u202E' or '\r' or '\n');
        Assert.Contains("kept as advice", request.SummaryHtml, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://prod-1.logic.azure.com/x?api-version=2016-10-01&sp=%2Ftriggers&sv=1.0&sig=abc", "shared access signature")]
    [InlineData("https://prod-1.logic.azure.com/x?SIG=abc", "shared access signature")]
    [InlineData("http://prod-1.logic.azure.com/x", "https")]
    [InlineData("http://127.0.0.1:1/x", "https")]
    [InlineData("https://user:secret@prod-1.logic.azure.com/x", "user name")]
    [InlineData("x", "not an address")]
    public void Options_WorkflowAddress_IsRefusedInWords(string address, string why)
    {
        var options = new ApprovalsOptions { Workflows = { ["default"] = address }, Audience = "api://a", ConsoleAddress = "https://console.example" };

        Assert.Contains(why, Assert.Single(options.Validate(new(options))).ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_WithoutAudienceOrConsole_SayWhatToSet()
    {
        var options = new ApprovalsOptions { Workflows = { ["default"] = "https://prod-1.logic.azure.com/x" } };

        Assert.Equal(["Approvals__Audience", "Approvals__ConsoleAddress"], options.Validate(new(options)).Select(e => e.ErrorMessage!.Split(' ')[0]));
        Assert.Empty(new ApprovalsOptions().Validate(new(options)));
    }
}
