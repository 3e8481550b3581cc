using System.Globalization;
using System.Text.Json;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Maintenance;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Maintenance;

public sealed class MaintainHandlerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_NothingLeftOver_SendsNothing()
    {
        await _world.GivenProposalAsync();
        var told = _world.Audit.Types;

        await MaintainAsync();

        Assert.Empty(_world.Queue.Sent);
        Assert.Equal(told, _world.Audit.Types);
        Assert.Equal(ProposalStatus.Pending, (await _world.LatestAsync()).Status);
    }

    [Fact]
    public async Task HandleAsync_PendingRanOut_Expires()
    {
        var proposal = await _world.GivenProposalAsync();
        _world.Clock.SetUtcNow(proposal.ExpiresAt);

        await MaintainAsync();
        await MaintainAsync();

        Assert.Equal(ProposalStatus.Expired, (await _world.LatestAsync()).Status);
        Assert.Single(_world.Audit.Types, nameof(ProposalExpired));
    }

    [Fact]
    public async Task HandleAsync_DecidedAtThisMoment_LeavesTheDecision()
    {
        var proposal = await _world.GivenProposalAsync();
        _world.Clock.SetUtcNow(proposal.ExpiresAt);
        _world.SomeoneElseMovesFirst(p => p.Decide(Samples.Approve(p)));

        await MaintainAsync();

        Assert.Equal(ProposalStatus.Approved, (await _world.LatestAsync()).Status);
        Assert.DoesNotContain(nameof(ProposalExpired), _world.Audit.Types);
    }

    [Theory]
    [InlineData(ProposalStatus.Approved, typeof(ApplyClear))]
    [InlineData(ProposalStatus.Clearing, typeof(ApplyClear))]
    [InlineData(ProposalStatus.Restoring, typeof(RestoreAnchor))]
    public async Task HandleAsync_InterruptedWrite_IsSentAgainUnlessPaused(ProposalStatus status, Type command)
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Proposals.Tamper(proposal with { Status = status, Restore = new(Samples.Anton, Samples.Now, "wrong user") });
        _world.Clearing.Paused = true;
        await MaintainAsync();
        Assert.Empty(_world.Queue.Sent);
        _world.Clearing.Paused = false;

        await MaintainAsync();

        Assert.IsType(command, Assert.Single(_world.Queue.Sent).Command);
        _world.AssertNothingWritten();
    }

    [Theory]
    [InlineData(ProposalStatus.Clearing, 1, 0)]
    [InlineData(ProposalStatus.Clearing, 0, 1)]
    [InlineData(ProposalStatus.Restoring, 1, 0)]
    [InlineData(ProposalStatus.Restoring, 0, 1)]
    public async Task HandleAsync_Claimed_IsLeftAloneUntilTheClaimEnds(ProposalStatus status, int secondsLeft, int sent)
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Proposals.Tamper(proposal with
        {
            Status = status,
            Restore = new(Samples.Anton, Samples.Now, "wrong user"),
            Claim = new(_world.Clock.GetUtcNow().AddSeconds(secondsLeft), Attempt: 1),
        });

        await MaintainAsync();

        Assert.Equal(sent, _world.Queue.Sent.Count);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(14, 0)]
    [InlineData(15, 1)]
    public async Task HandleAsync_VerificationLate_IsSentAgainOnceItIsLost(int minutesLate, int sent)
    {
        var proposal = await _world.GivenClearedAsync();
        _world.Clock.SetUtcNow(proposal.NextCheckAt!.Value.AddMinutes(minutesLate));

        await MaintainAsync();

        Assert.Equal(sent, _world.Queue.Of<VerifyClear>().Count);
    }

    [Fact]
    public async Task HandleAsync_LastEventLostInACrash_IsTold()
    {
        var proposal = await _world.GivenApprovedAsync();
        var found = await _world.Proposals.FindLatestAsync(proposal.Tenant, proposal.UserId, World.Cancellation);
        await _world.Proposals.TryUpdateAsync(found!, proposal.Supersede("changed", _world.Clock.GetUtcNow()), World.Cancellation);

        await MaintainAsync();

        Assert.Single(_world.Audit.Types, nameof(ProposalSuperseded));
        Assert.Empty(_world.Queue.Sent);
    }

    [Fact]
    public async Task HandleAsync_ScanNeverStarted_IsSentAgain()
    {
        await _world.GivenAnnAsync();
        var command = await _world.RequestScanAsync();

        await MaintainAsync();

        Assert.Equal([command], _world.Queue.Of<ScanTenant>());
    }

    [Theory]
    [InlineData(14, 0)]
    [InlineData(15, 1)]
    public async Task HandleAsync_ScanStalled_IsSentAgain(int minutes, int messages)
    {
        await _world.GivenAnnAsync();
        var command = await _world.RequestScanAsync();
        _world.Directory.BeforeTenantFacts = FakeDirectory.Down;
        await Assert.ThrowsAsync<DirectoryUnavailableException>(
            () => _world.Get<ScanTenantHandler>().HandleAsync(command, World.Cancellation));
        _world.Clock.Advance(TimeSpan.FromMinutes(minutes));

        await MaintainAsync();

        Assert.Equal(messages, _world.Queue.Of<ScanTenant>().Count);
    }

    [Fact]
    public async Task HandleAsync_EndOfAScanLostInACrash_IsTold()
    {
        await _world.GivenAnnAsync();
        var command = await _world.RequestScanAsync();
        _world.Audit.BeforeNextAppend = _ => throw new InvalidOperationException("killed");
        await Assert.ThrowsAsync<InvalidOperationException>(
            () => _world.Get<ScanTenantHandler>().HandleAsync(command, World.Cancellation));

        await MaintainAsync();

        Assert.Single(_world.Audit.Types, nameof(ScanCompleted));
    }

    [Fact]
    public async Task HandleAsync_OneTenantFails_MaintainsTheOthersAndSaysSo()
    {
        var failing = (await _world.GivenApprovedAsync()).Tenant;
        await _world.RegisterAsync(t => t with { Id = new(Guid.Parse("ffffffff-0000-4000-8000-000000000002")) });
        var command = await _world.RequestScanAsync();
        Fail(null);

        await Assert.ThrowsAsync<AggregateException>(MaintainAsync);

        Assert.Equal([command], _world.Queue.Of<ScanTenant>());
        Assert.Empty(_world.Queue.Of<ApplyClear>());

        void Fail(AuditEvent? told)
        {
            _world.Audit.BeforeNextAppend = Fail;

            if (told?.Header.Tenant == failing)
            {
                throw new InvalidOperationException("its partition does not answer");
            }
        }
    }

    [Fact]
    public async Task HandleAsync_WaitingForDays_IsNotToldAgainEachHour()
    {
        await _world.GivenProposalAsync();
        var before = _world.Audit.Told;
        await MaintainAsync();
        var fresh = _world.Audit.Told - before;
        _world.Clock.Advance(TimeSpan.FromDays(2));

        before = _world.Audit.Told;
        await MaintainAsync();

        // The tenant and the proposal.
        Assert.Equal(fresh - 2, _world.Audit.Told - before);
    }

    [Fact]
    public async Task HandleAsync_FirstOfTwoApprovalsLostAfterDays_IsTold()
    {
        await _world.RegisterAsync(t => t with { Policy = new() { TwoApprovals = TwoApprovals.Always } });
        var proposal = await _world.GivenProposalAsync();
        _world.Clock.Advance(TimeSpan.FromDays(2));
        var found = await _world.Proposals.FindLatestAsync(proposal.Tenant, proposal.UserId, World.Cancellation);
        await _world.Proposals.TryUpdateAsync(
            found!, proposal.Decide(Samples.Approve(proposal) with { DecidedAt = _world.Clock.GetUtcNow() }), World.Cancellation);

        await MaintainAsync();

        Assert.Single(_world.Audit.Types, nameof(ApprovalGiven));
    }

    [Fact]
    public async Task HandleAsync_TenantRemoved_TellsWhatACrashKeptFromTheTrailAndResumesNothing()
    {
        var proposal = await _world.GivenApprovedAsync();
        var found = await _world.Proposals.FindLatestAsync(proposal.Tenant, proposal.UserId, World.Cancellation);
        await _world.Proposals.TryUpdateAsync(found!, proposal.Supersede("changed", _world.Clock.GetUtcNow()), World.Cancellation);
        await _world.RequestScanAsync();
        await _world.Get<RemoveTenantHandler>().HandleAsync(new(proposal.Tenant, Samples.Olga), World.Cancellation);

        await MaintainAsync();

        Assert.Single(_world.Audit.Types, nameof(ProposalSuperseded));
        Assert.Empty(_world.Queue.Sent);
    }

    [Fact]
    public async Task HandleAsync_CutOffAfterOneTenant_SaysSoAndLooksAfterEveryTenantInTheEnd()
    {
        List<TenantId> all = [.. Enumerable.Range(1, 3).Select(n => new TenantId(Guid.Parse($"ffffffff-0000-4000-8000-00000000000{n}")))];

        foreach (var tenant in all)
        {
            await _world.RegisterAsync(t => t with { Id = tenant });
            await _world.RequestScanAsync();
        }

        // By chance one of them is left out: less than once in a billion.
        for (var run = 1; run <= 60; run++)
        {
            _world.Queue.BeforeNextSend = () => _world.Clock.Advance(MaintainHandler.TimeLimit);

            await MaintainAsync();

            Assert.Equal((run, run), (_world.Queue.Sent.Count, _world.Log.Count(6003)));
        }

        Assert.Equal(all.ToHashSet(), _world.Queue.Of<ScanTenant>().Select(s => s.Tenant).ToHashSet());
    }

    [Fact]
    public async Task HandleAsync_HostStops_SaysHowFarItCame()
    {
        await _world.GivenAnnAsync();
        await _world.RequestScanAsync();
        using var stopping = new CancellationTokenSource();
        _world.Queue.BeforeNextSend = () =>
        {
            stopping.Cancel();
            throw new OperationCanceledException(stopping.Token);
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _world.Get<MaintainHandler>().HandleAsync(stopping.Token));

        Assert.Equal((1, 0), (_world.Log.Count(6003), _world.Log.Count(6002)));
    }

    [Fact]
    public void TimeLimit_OfMaintenance_IsShorterThanTheHosts()
    {
        using var host = JsonDocument.Parse(File.ReadAllText(Repository.Path("host.json")));

        var timeout = TimeSpan.Parse(host.RootElement.GetProperty("functionTimeout").GetString()!, CultureInfo.InvariantCulture);

        Assert.True(MaintainHandler.TimeLimit + TimeSpan.FromMinutes(1) < timeout);
    }

    private Task MaintainAsync() => _world.Get<MaintainHandler>().HandleAsync(World.Cancellation);
}
