using System.Text.Json;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Json;
using Reanchor.Maintenance;
using Reanchor.Poison;
using Reanchor.Proposals;
using Reanchor.Queueing;
using Reanchor.Scanning;

namespace Reanchor.UnitTests.Poison;

public sealed class RetryPoisonHandlerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_Waiting_IsSentOnceWithWhoAndWhyOnTheTrail()
    {
        var command = await GivenPoisonedClearAsync();

        var result = await RetryAsync();
        var second = await RetryAsync();

        Assert.Equal(RetryPoisonOutcome.Sent, result.Outcome);
        Assert.Equal(PoisonStatus.Retried, result.Item!.Status);
        Assert.Equal(RetryPoisonOutcome.Refused, second.Outcome);
        Assert.Contains(Samples.Olga.Name, second.Explanation, StringComparison.Ordinal);
        Assert.Equal(command, Assert.Single(_world.Queue.Of<ApplyClear>()));
        var told = Assert.Single(_world.Audit.Entries, e => e.Type == nameof(PoisonRetried));
        Assert.Equal((Samples.Olga.Id, "cured", command.Proposal), (told.Actor.Id, told.Reason, told.Proposal));
    }

    [Fact]
    public async Task HandleAsync_SentBackAndGivenUpAgain_WaitsAgain()
    {
        var command = await GivenPoisonedClearAsync();
        await RetryAsync();
        _world.Clock.Advance(TimeSpan.FromMinutes(5));

        await PoisonAsync(QueueNames.Clears, JsonSerializer.Serialize(command, ReanchorJson.Options));

        var item = await ItemAsync();
        Assert.Equal((PoisonStatus.Waiting, 2), (item.Status, item.Times));
        Assert.Equal(2, _world.Audit.Types.Count(t => t == nameof(MessagePoisoned)));
        Assert.Equal(RetryPoisonOutcome.Sent, (await RetryAsync()).Outcome);
    }

    [Fact]
    public async Task HandleAsync_PoisonMessageDeliveredTwice_IsOneItemAndOneEvent()
    {
        var command = await GivenPoisonedClearAsync();
        _world.Clock.Advance(TimeSpan.FromMinutes(5));

        await PoisonAsync(QueueNames.Clears, JsonSerializer.Serialize(command, ReanchorJson.Options));

        Assert.Equal((PoisonStatus.Waiting, 1), ((await ItemAsync()).Status, (await ItemAsync()).Times));
        Assert.Single(_world.Audit.Types, nameof(MessagePoisoned));
    }

    [Fact]
    public async Task HandleAsync_TwoAtOnce_OneSends()
    {
        await GivenPoisonedClearAsync();
        _world.Poison.BeforeNextUpdate = () => Assert.Equal(RetryPoisonOutcome.Sent, RetryAsync().Result.Outcome);

        var late = await RetryAsync();

        Assert.Equal(RetryPoisonOutcome.Refused, late.Outcome);
        Assert.Single(_world.Queue.Of<ApplyClear>());
        Assert.Single(_world.Audit.Types, nameof(PoisonRetried));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task MaintainAsync_CrashHalfWay_FinishesIt(bool beforeTheEvent)
    {
        await GivenPoisonedClearAsync();
        Action pullThePlug = () => throw new IOException("the plug is pulled");

        if (beforeTheEvent)
        {
            _world.Audit.BeforeNextAppend = _ => pullThePlug();
        }
        else
        {
            _world.Queue.BeforeNextSend = pullThePlug;
        }

        await Assert.ThrowsAsync<IOException>(RetryAsync);
        Assert.Equal(RetryPoisonOutcome.Refused, (await RetryAsync()).Outcome);
        var resume = _world.Get<RetryPoisonHandler>();
        Assert.Equal(0, await resume.ResumeAsync(_world.Tenant.Id, World.Cancellation));
        _world.Clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(1, await resume.ResumeAsync(_world.Tenant.Id, World.Cancellation));

        Assert.Equal(PoisonStatus.Retried, (await ItemAsync()).Status);
        Assert.Single(_world.Queue.Of<ApplyClear>());
        Assert.Single(_world.Audit.Types, nameof(PoisonRetried));
    }

    [Fact]
    public async Task RecordPoisonHandler_RetryCrashedHalfWay_TellsItBeforeTheMessageWaitsAgain()
    {
        var command = await GivenPoisonedClearAsync();
        _world.Audit.BeforeNextAppend = _ => throw new IOException("the plug is pulled");
        await Assert.ThrowsAsync<IOException>(RetryAsync);
        _world.Clock.Advance(TimeSpan.FromMinutes(1));

        await PoisonAsync(QueueNames.Clears, JsonSerializer.Serialize(command, ReanchorJson.Options));

        Assert.Equal(
            [nameof(MessagePoisoned), nameof(PoisonRetried), nameof(MessagePoisoned)],
            _world.Audit.Types.Where(t => t is nameof(MessagePoisoned) or nameof(PoisonRetried)));
        Assert.Equal((PoisonStatus.Waiting, 2), ((await ItemAsync()).Status, (await ItemAsync()).Times));
    }

    [Fact]
    public async Task HandleAsync_ProposalNoLongerApproved_IsStoppedByTheHandlerOfTheQueue()
    {
        var proposal = await _world.GivenApprovedAsync();
        await PoisonAsync(QueueNames.Clears, JsonSerializer.Serialize(new ApplyClear(proposal.Tenant, proposal.Id), ReanchorJson.Options));
        _world.Proposals.Tamper(proposal with { Status = ProposalStatus.Superseded });

        await RetryAsync();
        var outcome = await _world.Get<ApplyClearHandler>().HandleAsync(Assert.Single(_world.Queue.Take<ApplyClear>()), World.Cancellation);

        Assert.Equal(ClearOutcome.NotApproved, outcome);
        _world.AssertNothingWritten();
    }

    [Theory]
    [InlineData(QueueNames.Clears, ProposalStatus.Cleared)]
    [InlineData(QueueNames.Clears, ProposalStatus.Superseded)]
    [InlineData(QueueNames.Verifications, ProposalStatus.Inconclusive)]
    [InlineData(QueueNames.Restores, ProposalStatus.Restored)]
    public async Task ResumeAsync_ProposalMovedOn_ClosesTheItemOnceAndSaysSo(string queue, ProposalStatus status)
    {
        await GivenPoisonedForAsync(queue, status);
        _world.Audit.BeforeNextAppend = _ => throw new IOException("the plug is pulled");
        await Assert.ThrowsAsync<IOException>(ResumeAsync);

        await ResumeAsync();
        await ResumeAsync();

        Assert.Equal(PoisonStatus.Overtaken, (await ItemAsync()).Status);
        Assert.Single(_world.Audit.Types, nameof(PoisonOvertaken));
        var refused = await RetryAsync();
        Assert.Equal(RetryPoisonOutcome.Refused, refused.Outcome);
        Assert.Contains($"{status}", refused.Explanation, StringComparison.Ordinal);
        Assert.Empty(_world.Queue.Sent);
    }

    [Theory]
    [InlineData(QueueNames.Clears, ProposalStatus.Approved)]
    [InlineData(QueueNames.Clears, ProposalStatus.Clearing)]
    [InlineData(QueueNames.Verifications, ProposalStatus.Cleared)]
    [InlineData(QueueNames.Restores, ProposalStatus.Restoring)]
    public async Task ResumeAsync_ProposalStillWaitsForIt_LeavesTheItem(string queue, ProposalStatus status)
    {
        await GivenPoisonedForAsync(queue, status);

        await ResumeAsync();

        Assert.Equal(PoisonStatus.Waiting, (await ItemAsync()).Status);
        Assert.DoesNotContain(nameof(PoisonOvertaken), _world.Audit.Types);
    }

    [Fact]
    public async Task HandleAsync_GivenUpAgainAfterItWasClosed_WaitsAgain()
    {
        var message = await GivenPoisonedForAsync(QueueNames.Clears, ProposalStatus.Cleared);
        await ResumeAsync();
        _world.Clock.Advance(TimeSpan.FromMinutes(5));

        await PoisonAsync(QueueNames.Clears, message);

        Assert.Equal((PoisonStatus.Waiting, 2), ((await ItemAsync()).Status, (await ItemAsync()).Times));
    }

    [Fact]
    public async Task HandleAsync_ScanThatFailed_SaysToStartANewOne()
    {
        await _world.GivenAnnAsync();
        var command = await _world.RequestScanAsync();
        await PoisonAsync(QueueNames.Scans, JsonSerializer.Serialize(command, ReanchorJson.Options));

        var result = await RetryAsync();

        Assert.Equal(RetryPoisonOutcome.Refused, result.Outcome);
        Assert.Contains("/scans", result.Explanation, StringComparison.Ordinal);
        Assert.Empty(_world.Queue.Sent);
    }

    [Theory]
    [InlineData(QueueNames.Clears, """{"tenant":"T"}""")]
    [InlineData(QueueNames.Clears, """{"tenant":"T","proposal":"aaaaaaaa000040008000000000000001-0001","more":1}""")]
    [InlineData(QueueNames.Clears, """{"tenant":"T","proposal":"nonsense"}""")]
    [InlineData(QueueNames.Candidates, """{"tenant":"T","proposal":"aaaaaaaa000040008000000000000001-0001"}""")]
    [InlineData("reanchor-nothing", """{"tenant":"T","proposal":"aaaaaaaa000040008000000000000001-0001"}""")]
    public async Task HandleAsync_NotAMessageOfThatQueue_IsRefused(string queue, string message)
    {
        await PoisonAsync(queue, message.Replace("\"T\"", $"\"{_world.Tenant.Id}\"", StringComparison.Ordinal));

        Assert.Equal(RetryPoisonOutcome.Refused, (await RetryAsync()).Outcome);
        Assert.Empty(_world.Queue.Sent);
        Assert.Equal(PoisonStatus.Waiting, (await ItemAsync()).Status);
    }

    [Fact]
    public async Task HandleAsync_OtherTenantsItem_IsNotFound()
    {
        await GivenPoisonedClearAsync();
        var item = await ItemAsync();

        var result = await _world.Get<RetryPoisonHandler>().HandleAsync(
            new(Samples.NewTenantId(), item.Id, "cured", Samples.Olga), World.Cancellation);

        Assert.Equal(RetryPoisonOutcome.NotFound, result.Outcome);
    }

    private async Task<ApplyClear> GivenPoisonedClearAsync()
    {
        var command = new ApplyClear(_world.Tenant.Id, ProposalId.First(Samples.Ann.Id));
        await PoisonAsync(QueueNames.Clears, JsonSerializer.Serialize(command, ReanchorJson.Options));
        return command;
    }

    private async Task<string> GivenPoisonedForAsync(string queue, ProposalStatus status)
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Queue.Take<ApplyClear>();
        var message = JsonSerializer.Serialize(new ApplyClear(proposal.Tenant, proposal.Id), ReanchorJson.Options);
        await PoisonAsync(queue, message);
        _world.Proposals.Tamper(proposal with { Status = status });
        return message;
    }

    private Task<int> ResumeAsync() => _world.Get<RetryPoisonHandler>().ResumeAsync(_world.Tenant.Id, World.Cancellation);

    private Task PoisonAsync(string queue, string message) =>
        _world.Get<RecordPoisonHandler>().HandleAsync(queue, message, World.Cancellation);

    private async Task<PoisonItem> ItemAsync() =>
        Assert.Single((await _world.Poison.ListAsync(_world.Tenant.Id, null, 10, null, World.Cancellation)).Items);

    private async Task<RetryPoisonResult> RetryAsync() => await _world.Get<RetryPoisonHandler>().HandleAsync(
        new(_world.Tenant.Id, (await ItemAsync()).Id, "cured", Samples.Olga), World.Cancellation);
}
