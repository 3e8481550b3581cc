using Microsoft.Extensions.Options;
using Moq;
using Reanchor.Approvals;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;

namespace Reanchor.UnitTests.Approvals;

public sealed class CallbackTests : IDisposable
{
    private static readonly Uri Address = new("https://prod-1.logic.azure.com/workflows/1/runs/2/actions/Wait/run?sig=secret");

    private readonly BatchWorld _batch = new();
    private readonly List<(Uri Address, CallbackNotice Notice)> _called = [];
    private string? _failure;

    public CallbackTests() => World.Callbacks
        .Setup(c => c.SendAsync(It.IsAny<Uri>(), It.IsAny<CallbackNotice>(), It.IsAny<CancellationToken>()))
        .ReturnsAsync((Uri address, CallbackNotice notice, CancellationToken _) =>
        {
            _called.Add((address, notice));
            return _failure;
        });

    private World World => _batch.World;

    public void Dispose() => _batch.Dispose();

    [Fact]
    public async Task Subscribe_BatchDecidedInTheConsole_IsCalledBackOnceWithTheOutcome()
    {
        var batch = await _batch.GivenAskedAsync();
        Assert.Equal(SubscribeOutcome.Subscribed, (await SubscribeAsync(batch)).Outcome);
        await _batch.DeliverAsync();

        foreach (var proposal in _batch.Proposals)
        {
            await World.DecideAsync(proposal, approve: true);
        }

        await DeliverAllAsync();
        await DeliverAllAsync();

        var (address, notice) = Assert.Single(_called);
        Assert.Equal(Address, address);
        Assert.Equal((batch.Id, BatchOutcome.Approved, 3), (notice.BatchId, notice.Outcome, notice.Approved));
        Assert.Equal(
            [nameof(CallbackSubscribed), nameof(CallbackMade)],
            World.Audit.Types.Where(t => t.StartsWith("Callback", StringComparison.Ordinal)));
        Assert.False((await _batch.BatchAsync()).IsOpen);
    }

    [Fact]
    public async Task Subscribe_BatchClosedAlready_IsCalledAtOnce()
    {
        var batch = await _batch.GivenAskedAsync();
        await _batch.AnswerAsync(BatchWorld.Report(batch));
        await DeliverAllAsync();

        await SubscribeAsync(batch);
        await DeliverAllAsync();

        Assert.Single(_called);
    }

    [Fact]
    public async Task Subscribe_SameAgain_IsOneSubscriptionAndAnotherAddressIsRefused()
    {
        var batch = await _batch.GivenAskedAsync();
        await SubscribeAsync(batch);

        Assert.Equal(SubscribeOutcome.Subscribed, (await SubscribeAsync(batch)).Outcome);
        Assert.Equal(SubscribeOutcome.IdTaken, (await SubscribeAsync(batch, new("https://prod-2.logic.azure.com/"))).Outcome);

        Assert.Single((await _batch.BatchAsync()).Subscriptions);
    }

    [Fact]
    public async Task Subscribe_TooMany_IsRefused()
    {
        var batch = await _batch.GivenAskedAsync();

        for (var n = 0; n < ApprovalBatch.MaxSubscriptions; n++)
        {
            await SubscribeAsync(batch, id: $"s{n}");
        }

        Assert.Equal(SubscribeOutcome.TooMany, (await SubscribeAsync(batch)).Outcome);
    }

    [Fact]
    public async Task Subscribe_AddressThatMustNotBeCalled_IsRefusedAndOnTheTrailWithoutIt()
    {
        var batch = await _batch.GivenAskedAsync();
        World.Callbacks.Setup(c => c.ObjectionAsync(It.IsAny<Uri>(), It.IsAny<CancellationToken>())).ReturnsAsync("not public");

        Assert.Equal(new(SubscribeOutcome.AddressRefused, "not public"), await SubscribeAsync(batch));

        Assert.Empty((await _batch.BatchAsync()).Subscriptions);
        var told = Assert.Single(World.Audit.Entries, e => e.Type == nameof(CallbackRefused));
        Assert.DoesNotContain("secret", told.Details.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subscribe_StoredAddress_IsUnreadableAndBoundToItsBatch()
    {
        var batch = await _batch.GivenAskedAsync();
        await SubscribeAsync(batch);
        var seal = World.Get<AddressSeal>();

        var stored = Assert.Single((await _batch.BatchAsync()).Subscriptions).SealedAddress;

        Assert.DoesNotContain("secret", stored, StringComparison.Ordinal);
        Assert.NotEqual(stored, seal.Seal(Address, batch.Id));
        Assert.Equal(Address, seal.Open(stored, batch.Id));
        Assert.ThrowsAny<System.Security.Cryptography.CryptographicException>(() => seal.Open(stored, BatchId.New(batch.Tenant, batch.Scan)));
    }

    [Fact]
    public void Open_SealedUnderTheKeyBefore_IsReadable()
    {
        var id = BatchId.New(Samples.NewTenantId(), ScanId.At(Samples.Now));
        var before = new AddressSeal(Options.Create(new AuditOptions { Key = Samples.AuditKey }));
        var after = new AddressSeal(Options.Create(new AuditOptions
        {
            Key = Convert.ToBase64String(new byte[32]),
            PreviousKey = Samples.AuditKey,
        }));

        Assert.Equal(Address, after.Open(before.Seal(Address, id), id));
    }

    [Fact]
    public async Task Unsubscribe_ByTheSubscriber_IsNotCalledAnyMore()
    {
        var batch = await _batch.GivenAskedAsync();
        await SubscribeAsync(batch);
        var handler = World.Get<SubscribeHandler>();

        Assert.False(await handler.HandleAsync(new Unsubscribe(batch.Id, "run-9", Samples.Collector), World.Cancellation));
        Assert.True(await handler.HandleAsync(new Unsubscribe(batch.Id, "run-9", BatchWorld.Workflow), World.Cancellation));
        await _batch.AnswerAsync(BatchWorld.Report(batch));
        await DeliverAllAsync();

        Assert.Empty(_called);
        Assert.Single(World.Audit.Types, nameof(CallbackUnsubscribed));
    }

    [Fact]
    public async Task CallBack_SubscriberIsGone_IsGivenUpOnTheTrail()
    {
        var batch = await _batch.GivenAskedAsync();
        await SubscribeAsync(batch);
        _failure = "The subscriber answered 404.";
        await _batch.AnswerAsync(BatchWorld.Report(batch));

        await DeliverAllAsync();

        Assert.Equal(_failure, Assert.Single(World.Audit.Entries, e => e.Type == nameof(CallbackFailed)).Reason);
        Assert.False((await _batch.BatchAsync()).IsOpen);
    }

    [Fact]
    public async Task CallBack_SubscriberNotReachedForTwoWeeks_IsGivenUp()
    {
        World.Callbacks
            .Setup(c => c.SendAsync(It.IsAny<Uri>(), It.IsAny<CallbackNotice>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new WorkflowUnavailableException("The subscriber was not reached."));
        var batch = await _batch.GivenAskedAsync();
        await SubscribeAsync(batch);
        await _batch.AnswerAsync(BatchWorld.Report(batch));
        await Assert.ThrowsAsync<WorkflowUnavailableException>(DeliverAllAsync);
        Assert.True((await _batch.BatchAsync()).IsOpen);

        World.Clock.Advance(TimeSpan.FromDays(15));
        await World.Get<CallBackHandler>().HandleAsync(new(batch.Tenant, batch.Scan, "run-9"), World.Cancellation);

        Assert.Contains("14 days", Assert.Single(World.Audit.Entries, e => e.Type == nameof(CallbackFailed)).Reason, StringComparison.Ordinal);
        Assert.False((await _batch.BatchAsync()).IsOpen);
    }

    [Fact]
    public async Task Subscribe_AgainWhenTheAuditKeyIsGone_IsRefused()
    {
        var batch = await _batch.GivenAskedAsync();
        await SubscribeAsync(batch);
        var found = (await World.Batches.FindAsync(batch.Tenant, batch.Scan, World.Cancellation))!;
        var sealedElsewhere = new AddressSeal(Options.Create(new AuditOptions { Key = Convert.ToBase64String(new byte[32]) })).Seal(Address, batch.Id);
        await World.Batches.TryUpdateAsync(found, found.Item.Change("run-9", s => s with { SealedAddress = sealedElsewhere })!, World.Cancellation);

        Assert.Equal(SubscribeOutcome.IdTaken, (await SubscribeAsync(batch)).Outcome);
    }

    private Task<SubscribeResult> SubscribeAsync(ApprovalBatch batch, Uri? address = null, string id = "run-9") =>
        World.Get<SubscribeHandler>().HandleAsync(new Subscribe(batch.Id, id, address ?? Address, BatchWorld.Workflow), World.Cancellation);

    private async Task DeliverAllAsync()
    {
        foreach (var command in World.Queue.Take<RequestApprovals>())
        {
            await _batch.HandleAsync(command);
        }

        foreach (var command in World.Queue.Take<CallBack>())
        {
            await World.Get<CallBackHandler>().HandleAsync(command, World.Cancellation);
        }
    }
}
