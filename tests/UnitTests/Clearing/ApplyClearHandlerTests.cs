using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.UnitTests.Clearing;

/// <summary>The way of an approved clear, and what stops it. What has changed since the approval is tested in ClearPrecheckTests.</summary>
public sealed class ApplyClearHandlerTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task HandleAsync_Approved_ClearsOnceAndQueuesVerification()
    {
        var proposal = await _world.GivenApprovedAsync();

        var outcome = await _world.ApplyAsync(proposal);

        Assert.Equal(ClearOutcome.Cleared, outcome);
        Assert.Equal([new AnchorWrite(proposal.Tenant, proposal.UserId, null)], _world.Directory.Writes);
        Assert.Null(_world.Directory.User(proposal.Tenant, proposal.UserId).Anchor);
        var cleared = await _world.LatestAsync();
        Assert.Equal((ProposalStatus.Cleared, _world.Clock.GetUtcNow()), (cleared.Status, cleared.ClearedAt));
        var sent = Assert.Single(_world.Queue.Sent);
        Assert.Equal(new VerifyClear(proposal.Tenant, proposal.Id), sent.Command);
        Assert.Equal((TimeSpan.FromMinutes(1), cleared.NextCheckAt), (sent.Delay, _world.Clock.GetUtcNow() + sent.Delay));
    }

    [Fact]
    public async Task HandleAsync_Approved_HasEveryOldValueOnRecordBeforeTheWrite()
    {
        var proposal = await _world.GivenApprovedAsync();
        AuditEntry? onRecord = null;
        _world.Directory.BeforeWrite = _ => onRecord = _world.Audit.Entries.SingleOrDefault(e => e.Type == nameof(ClearStarted));

        await _world.ApplyAsync(proposal);

        Assert.NotNull(onRecord);
        Assert.Equal(Samples.OldAnchor.Value, onRecord.Details.GetProperty("oldAnchor").GetString());
        Assert.Equal("S-1-5-21-9-9-9-1104", onRecord.Details.GetProperty("oldValues").GetProperty("securityIdentifier").GetString());
        Assert.Equal(Samples.Anton.Id, onRecord.Details.GetProperty("approvedBy")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task HandleAsync_OldValuesCannotBeRecorded_WritesNothing()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Proposals.BeforeNextUpdate = () => _world.Audit.BeforeNextAppend = _ => throw new InvalidOperationException("storage is gone");

        await Assert.ThrowsAsync<InvalidOperationException>(() => _world.ApplyAsync(proposal));

        Assert.Equal(ProposalStatus.Clearing, (await _world.LatestAsync()).Status);
        Assert.DoesNotContain(nameof(ClearStarted), _world.Audit.Types);
        _world.AssertNothingWritten();
    }

    [Fact]
    public async Task HandleAsync_DeliveredTwice_WritesOnce()
    {
        var proposal = await _world.GivenApprovedAsync();

        await _world.ApplyAsync(proposal);
        await _world.ApplyAsync(proposal);

        Assert.Single(_world.Directory.Writes);
        _world.AssertClearedOnceOnTheTrail();
    }

    [Fact]
    public async Task HandleAsync_DeliveredTwiceAtOnce_OneClaimsItAndWritesOnce()
    {
        var proposal = await _world.GivenApprovedAsync();
        var second = Task.FromResult(ClearOutcome.NotApproved);
        _world.Proposals.BeforeNextUpdate = () => second = _world.ApplyElsewhereAsync(proposal);

        var first = await _world.ApplyAsync(proposal);

        Assert.Equal((ClearOutcome.ClaimedElsewhere, ClearOutcome.Cleared), (first, await second));
        Assert.Single(_world.Directory.Writes);
        _world.AssertClearedOnceOnTheTrail();
    }

    [Theory]
    [InlineData(ProposalStatus.Pending)]
    [InlineData(ProposalStatus.Rejected)]
    [InlineData(ProposalStatus.Expired)]
    [InlineData(ProposalStatus.Superseded)]
    [InlineData(ProposalStatus.Verified)]
    [InlineData(ProposalStatus.Inconclusive)]
    [InlineData(ProposalStatus.Refused)]
    [InlineData(ProposalStatus.Restoring)]
    [InlineData(ProposalStatus.Restored)]
    public async Task HandleAsync_NotApproved_DoesNothing(ProposalStatus status)
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Proposals.Tamper(proposal with { Status = status, Restore = new(Samples.Anton, Samples.Now, "wrong user") });

        Assert.Equal(ClearOutcome.NotApproved, await _world.ApplyAsync(proposal));
        Assert.Equal(status, (await _world.LatestAsync()).Status);
        _world.AssertNothingWritten();
    }

    [Fact]
    public async Task HandleAsync_ForgedMessage_DoesNothing()
    {
        var proposal = await _world.GivenApprovedAsync();

        Assert.Equal(ClearOutcome.NotApproved, await _world.ApplyAsync(proposal with { Id = proposal.Id.Following() }));
        _world.AssertNothingWritten();
    }

    [Fact]
    public async Task HandleAsync_Paused_WaitsWithTheApproval()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Clearing.Paused = true;

        Assert.Equal(ClearOutcome.Paused, await _world.ApplyAsync(proposal));
        Assert.Equal(ProposalStatus.Approved, (await _world.LatestAsync()).Status);
        _world.AssertNothingWritten();
    }

    [Fact]
    public async Task HandleAsync_PausedBetweenClaimAndWrite_WritesOnlyWhenItIsLifted()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Proposals.BeforeNextUpdate = () => _world.Clearing.Paused = true;

        Assert.Equal(ClearOutcome.Paused, await _world.ApplyAsync(proposal));
        Assert.Equal(ProposalStatus.Clearing, (await _world.LatestAsync()).Status);
        _world.AssertNothingWritten();

        _world.Clearing.Paused = false;
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));
        _world.AssertClearedOnceOnTheTrail();
    }

    [Fact]
    public async Task HandleAsync_RefusedForARoleThatTheUserGotMeanwhile_SaysSo()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.Refusal = new(RefusalCause.Permission, "Insufficient privileges.");
        _world.Directory.BeforeWrite = _ => _world.Directory.TenantFacts = Samples.Facts with
        {
            EligibleRoles = Reading.Known<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string> { [proposal.UserId] = "role" }),
        };

        Assert.Equal(ClearOutcome.Refused, await _world.ApplyAsync(proposal));
        var refused = await _world.LatestAsync();
        Assert.Equal(RefusalCause.Privileged, refused.RefusalCause);
        Assert.Contains("admin role", refused.Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_RefusedByTheDirectory_KeepsTheReasonAndNeverTriesAgain()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.Refusal = new(RefusalCause.Permission, "Insufficient privileges.");

        Assert.Equal(ClearOutcome.Refused, await _world.ApplyAsync(proposal));
        Assert.Equal(ClearOutcome.NotApproved, await _world.ApplyAsync(proposal));

        var refused = await _world.LatestAsync();
        Assert.Equal((ProposalStatus.Refused, RefusalCause.Permission, "Insufficient privileges."), (refused.Status, refused.RefusalCause, refused.Refusal));
        Assert.Equal("Insufficient privileges.", Assert.Single(_world.Audit.Entries, e => e.Type == nameof(ClearRefused)).Reason);
        Assert.Single(_world.Directory.Writes);
        Assert.Empty(_world.Queue.Sent);
    }
}
