using Reanchor.Approvals;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Approvals;

public sealed class AnswerBatchHandlerTests : IDisposable
{
    private readonly BatchWorld _batch = new();

    private World World => _batch.World;

    public void Dispose() => _batch.Dispose();

    [Fact]
    public async Task HandleAsync_Approve_DecidesEachWithAnOutcome()
    {
        var batch = await _batch.GivenAskedAsync();

        var result = await _batch.AnswerAsync(BatchWorld.Report(batch));

        Assert.Equal(AnswerBatchOutcome.Recorded, result.Outcome);
        Assert.All(result.Batch!.Answer!.Results!, r => Assert.Equal((DecisionOutcome.Recorded, ProposalStatus.Approved), (r.Outcome, r.Status)));
        Assert.Equal(3, World.Queue.Of<ApplyClear>().Count);
        Assert.Equal(BatchWorld.Workflow, Assert.Single(World.Audit.Entries, e => e.Type == nameof(BatchAnswered)).Actor);
        Assert.Equal(RequestApprovalsOutcome.Closed, await _batch.DeliverAsync());
        Assert.Equal(BatchOutcome.Approved, (await _batch.BatchAsync()).End!.Outcome);
    }

    [Fact]
    public async Task HandleAsync_Reject_RejectsAll()
    {
        await _batch.AnswerAsync(BatchWorld.Report(await _batch.GivenAskedAsync(), BatchDecision.Reject));

        Assert.All(await _batch.StatusesAsync(), s => Assert.Equal(ProposalStatus.Rejected, s));
    }

    [Fact]
    public async Task HandleAsync_PolicyDoesNotCountIt_KeepsAdvice()
    {
        var batch = await _batch.GivenAskedAsync(new TenantPolicy());

        var result = await _batch.AnswerAsync(BatchWorld.Report(batch));

        Assert.All(result.Batch!.Answer!.Results!, r => Assert.Equal((DecisionOutcome.Advice, ProposalStatus.Pending), (r.Outcome, r.Status)));
        Assert.Equal(3, World.Audit.Types.Count(t => t == nameof(AdviceGiven)));
        Assert.Empty(World.Queue.Of<ApplyClear>());
        Assert.Equal(RequestApprovalsOutcome.Asked, await _batch.DeliverAsync());
    }

    [Fact]
    public async Task HandleAsync_NobodyAnswered_IsRecordedAndLeavesAllPendingHoweverLateItIs()
    {
        var batch = await _batch.GivenAskedAsync();
        World.Clock.SetUtcNow(batch.ExpiresAt.AddHours(1));

        var result = await _batch.AnswerAsync(BatchWorld.Report(batch, BatchDecision.NoAnswer));

        Assert.Equal((AnswerBatchOutcome.Recorded, 0), (result.Outcome, result.Batch!.Answer!.Results!.Count));
        Assert.Null(result.Batch.Answer.AnsweredBy);
        Assert.All(await _batch.StatusesAsync(), s => Assert.Equal(ProposalStatus.Pending, s));
        Assert.Single(World.Audit.Types, nameof(BatchAnswered));
    }

    [Fact]
    public async Task HandleAsync_SameReportAgain_AnswersTheSameAndDecidesOnce()
    {
        var batch = await _batch.GivenAskedAsync();
        var first = await _batch.AnswerAsync(BatchWorld.Report(batch));
        World.Clock.Advance(TimeSpan.FromMinutes(1));

        var again = await _batch.AnswerAsync(BatchWorld.Report(batch));

        Contracts.JsonAssert.Same(first.Batch!.Answer, again.Batch!.Answer);
        Assert.Single(World.Audit.Types, nameof(BatchAnswered));
        Assert.Equal(3, World.Audit.Types.Count(t => t == nameof(ProposalApproved)));
        Assert.DoesNotContain(nameof(BatchAnswerRefused), World.Audit.Types);
    }

    [Theory]
    [InlineData("other key", AnswerBatchOutcome.AnsweredBefore)]
    [InlineData("other caller", AnswerBatchOutcome.AnsweredBefore)]
    [InlineData("other decision", AnswerBatchOutcome.KeyReused)]
    [InlineData("other person", AnswerBatchOutcome.KeyReused)]
    public async Task HandleAsync_AnotherReport_IsRefusedAndTheFirstStands(string what, AnswerBatchOutcome expected)
    {
        var batch = await _batch.GivenAskedAsync();
        var report = BatchWorld.Report(batch, BatchDecision.Reject);
        await _batch.AnswerAsync(report);

        var result = await _batch.AnswerAsync(what switch
        {
            "other key" => report with { Key = "run-2", Decision = BatchDecision.Approve },
            "other caller" => report with { RelayedBy = BatchWorld.Workflow with { Id = "ffffffff-0000-4000-8000-000000000001" } },
            "other decision" => report with { Decision = BatchDecision.Approve },
            _ => report with { AnsweredBy = report.AnsweredBy with { ObjectId = Guid.NewGuid() } },
        });

        Assert.Equal(expected, result.Outcome);
        Assert.All(await _batch.StatusesAsync(), s => Assert.Equal(ProposalStatus.Rejected, s));
        Assert.Single(World.Audit.Types, nameof(BatchAnswerRefused));
    }

    [Fact]
    public async Task HandleAsync_AnswerAfterWordThatNobodyAnswered_CountsAndBothAreOnTheTrail()
    {
        var batch = await _batch.GivenAskedAsync();
        await _batch.AnswerAsync(BatchWorld.Report(batch, BatchDecision.NoAnswer));
        World.Clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(AnswerBatchOutcome.Recorded, (await _batch.AnswerAsync(BatchWorld.Report(batch, key: "run-2"))).Outcome);

        Assert.All(await _batch.StatusesAsync(), s => Assert.Equal(ProposalStatus.Approved, s));
        Assert.Equal(2, World.Audit.Types.Count(t => t == nameof(BatchAnswered)));
    }

    [Fact]
    public async Task HandleAsync_AnotherDigest_IsRefused()
    {
        var batch = await _batch.GivenAskedAsync();

        await AssertRefusedAsync(AnswerBatchOutcome.Changed, BatchWorld.Report(batch) with { Digest = new('0', 64) });
    }

    [Fact]
    public async Task HandleAsync_TimeRanOut_IsRefused()
    {
        var batch = await _batch.GivenAskedAsync();
        World.Clock.SetUtcNow(batch.ExpiresAt);

        await AssertRefusedAsync(AnswerBatchOutcome.Expired, BatchWorld.Report(batch));
    }

    [Fact]
    public async Task HandleAsync_IdGuessedButForItsRandomEnd_IsNotFound()
    {
        var batch = await _batch.GivenAskedAsync();

        var result = await _batch.AnswerAsync(BatchWorld.Report(batch) with { Batch = BatchId.New(batch.Tenant, batch.Scan) });

        Assert.Equal(new(AnswerBatchOutcome.NotFound, null), result);
        Assert.All(await _batch.StatusesAsync(), s => Assert.Equal(ProposalStatus.Pending, s));
    }

    [Fact]
    public async Task HandleAsync_TwoAnswersAtTheSameInstant_OneIsHeard()
    {
        var batch = await _batch.GivenAskedAsync();
        World.Batches.BeforeNextUpdate = () => _batch.AnswerAsync(BatchWorld.Report(batch, BatchDecision.Reject, "run-2")).GetAwaiter().GetResult();

        Assert.Equal(AnswerBatchOutcome.AnsweredBefore, (await _batch.AnswerAsync(BatchWorld.Report(batch))).Outcome);

        Assert.All(await _batch.StatusesAsync(), s => Assert.Equal(ProposalStatus.Rejected, s));
        Assert.Single(World.Audit.Types, nameof(BatchAnswered));
    }

    [Fact]
    public async Task HandleAsync_CrashHalfWay_IsFinishedByTheQueueWithoutDecidingTwice()
    {
        var batch = await _batch.GivenAskedAsync();
        World.Queue.BeforeNextSend = () => World.Queue.BeforeNextSend = () => throw new IOException("pulled the plug");
        await Assert.ThrowsAsync<IOException>(() => _batch.AnswerAsync(BatchWorld.Report(batch)));
        Assert.Null((await _batch.BatchAsync()).Answer!.Results);

        Assert.Equal(RequestApprovalsOutcome.Closed, await _batch.AdvanceAsync());

        Assert.All((await _batch.BatchAsync()).Answer!.Results!, r => Assert.Equal(DecisionOutcome.Recorded, r.Outcome));
        Assert.Equal(3, World.Audit.Types.Count(t => t == nameof(ProposalApproved)));
        Assert.All(await _batch.StatusesAsync(), s => Assert.Equal(ProposalStatus.Approved, s));
    }

    [Fact]
    public async Task HandleAsync_CarriedToItsProposalsTwice_IsRefusedByEachOnce()
    {
        var batch = await _batch.GivenAskedAsync();
        await World.DecideAsync(_batch.Proposals[0], approve: false);

        // The last proposal's message is lost, so the whole answer is carried again later.
        var sends = 0;
        void Count()
        {
            World.Queue.BeforeNextSend = ++sends == 2 ? () => throw new IOException("pulled the plug") : Count;
        }

        World.Queue.BeforeNextSend = Count;
        await Assert.ThrowsAsync<IOException>(() => _batch.AnswerAsync(BatchWorld.Report(batch)));
        World.Clock.Advance(TimeSpan.FromMinutes(5));
        await _batch.AdvanceAsync();

        Assert.Single(World.Audit.Types, nameof(DecisionRefused));
    }

    [Fact]
    public async Task HandleAsync_ProposalChangedSinceItWasAsked_HasAnOutcomeOfItsOwn()
    {
        var batch = await _batch.GivenAskedAsync();
        World.Proposals.Tamper((_batch.Proposals[1] with { Anchor = new("AAAAAAAAAAAAAAAAAAAAAA==") }).Seal());
        await World.DecideAsync(_batch.Proposals[2], approve: false);

        var results = (await _batch.AnswerAsync(BatchWorld.Report(batch))).Batch!.Answer!.Results!;

        Assert.Equal(
            new[] { DecisionOutcome.Recorded, DecisionOutcome.Changed, DecisionOutcome.AlreadyDecided }.ToHashSet(),
            results.Select(r => r.Outcome).ToHashSet());
        Assert.Equal(DecisionOutcome.Changed, results.Single(r => r.Proposal == _batch.Proposals[1].Id).Outcome);
    }

    private async Task AssertRefusedAsync(AnswerBatchOutcome expected, AnswerBatch report)
    {
        Assert.Equal(expected, (await _batch.AnswerAsync(report)).Outcome);
        Assert.All(await _batch.StatusesAsync(), s => Assert.Equal(ProposalStatus.Pending, s));
        var told = Assert.Single(World.Audit.Entries, e => e.Type == nameof(BatchAnswerRefused));
        Assert.Equal(BatchWorld.Workflow, told.Actor);
        Assert.Null((await _batch.BatchAsync()).Answer);
    }
}
