using Reanchor.Approvals;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.Contracts;

public abstract class BatchStoreContract
{
    private readonly TenantId _tenant = Samples.NewTenantId();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected abstract IBatchStore Store { get; }

    [Fact]
    public async Task FindAsync_AddedWithAllItCanHold_IsTheSame()
    {
        var batch = (NewBatch(items: ApprovalBatch.MaxItems) with { Run = new("default", Samples.OddText, Samples.Now) })
            .Hear(new(
                BatchDecision.Approve, Samples.OddText, "key", new('f', 64),
                new(new('b', 82), Guid.NewGuid(), Guid.NewGuid(), Samples.OddText), Samples.Collector, Samples.Now));
        batch = batch.Finish([.. batch.Items.Select(i => new BatchResult(i.Proposal, Proposals.DecisionOutcome.ApprovedBefore, Proposals.ProposalStatus.Superseded))]);

        for (var n = 0; n < ApprovalBatch.MaxSubscriptions; n++)
        {
            batch = batch.Add(NewSubscription($"s{n}") with { SealedAddress = new('x', 3000), Failure = Samples.OddText });
        }

        Assert.True(await Store.TryAddAsync(batch, Cancellation));

        JsonAssert.Same(batch, (await Store.FindAsync(_tenant, batch.Scan, Cancellation))!.Item);
        Assert.Null(await Store.FindAsync(Samples.NewTenantId(), batch.Scan, Cancellation));
        Assert.Null(await Store.FindAsync(_tenant, ScanId.At(Samples.Now.AddDays(1)), Cancellation));
    }

    [Fact]
    public async Task TryAddAsync_SecondOfTheScan_KeepsTheFirst()
    {
        var first = NewBatch();
        await Store.TryAddAsync(first, Cancellation);

        Assert.False(await Store.TryAddAsync(NewBatch(), Cancellation));

        Assert.Equal(first.Id, (await Store.FindAsync(_tenant, first.Scan, Cancellation))!.Item.Id);
    }

    [Fact]
    public async Task TryUpdateAsync_ManyAnswersAtOnce_ExactlyOneIsHeard()
    {
        await Store.TryAddAsync(NewBatch(), Cancellation);
        var found = (await Store.FindAsync(_tenant, NewBatch().Scan, Cancellation))!;

        var updates = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(
            () => Store.TryUpdateAsync(
                found,
                found.Item.Hear(new(BatchDecision.Reject, "no", $"key{n}", "", null, Samples.Collector, Samples.Now)),
                Cancellation),
            Cancellation)));

        var winner = Assert.Single(updates, u => u is not null)!;
        Assert.Equal(winner.Item.Answer!.Key, (await Store.FindAsync(_tenant, found.Item.Scan, Cancellation))!.Item.Answer!.Key);
        Assert.NotNull(await Store.TryUpdateAsync(winner, winner.Item.Finish([]), Cancellation));
    }

    [Fact]
    public async Task ListOpenAsync_ClosedAndOthersBatches_AreLeftOut()
    {
        var end = new BatchEnd(BatchOutcome.Mixed, 1, 1, 0, Samples.Now);
        await Store.TryAddAsync(NewBatch(1), Cancellation);
        await Store.TryAddAsync(NewBatch(2).Close(end), Cancellation);
        await Store.TryAddAsync(NewBatch(3).Close(end).Add(NewSubscription("s")), Cancellation);
        await Store.TryAddAsync(NewBatch(4).Close(end).Add(NewSubscription("s").Call(Samples.Now)), Cancellation);

        var open = await Store.ListOpenAsync(_tenant, Cancellation).Select(b => b.Scan).ToListAsync(Cancellation);

        Assert.Equal([NewBatch(3).Scan, NewBatch(1).Scan], open);
        Assert.Empty(await Store.ListOpenAsync(Samples.NewTenantId(), Cancellation).ToListAsync(Cancellation));
    }

    private static Subscription NewSubscription(string id) => new()
    {
        Id = id,
        SealedAddress = "sealed",
        Host = "prod-1.logic.azure.com",
        SubscribedBy = Samples.Collector,
        SubscribedAt = Samples.Now,
    };

    private ApprovalBatch NewBatch(int day = 0, int items = 1) => BatchDraft.Of(
        _tenant, ScanId.At(Samples.Now.AddDays(day)), [.. Enumerable.Range(0, items).Select(_ => Samples.NewProposal(_tenant))], Samples.Now);
}
