using Reanchor.Anchors;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Clearing;

/// <summary>When the old anchor is not put back, how that is told, and what becomes of the clear.</summary>
public sealed class RestoreRefusalTests : RestoreTests
{
    [Fact]
    public async Task HandleAsync_TenantDisabled_IsRefusedInWords()
    {
        var proposal = await GivenRequestedAsync();
        await World.RegisterAsync(t => t with { Enabled = false });

        await AssertRefusedAsync(proposal, "tenant is disabled");
    }

    [Fact]
    public async Task HandleAsync_TenantRemoved_IsRefusedInWords()
    {
        var proposal = await GivenRequestedAsync();
        await World.Get<RemoveTenantHandler>().HandleAsync(new(proposal.Tenant, Samples.Olga), World.Cancellation);

        await AssertRefusedAsync(proposal, "no longer registered");
    }

    [Fact]
    public async Task HandleAsync_MatchTookTheUser_IsRefused()
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.Put(proposal.Tenant, Samples.Ann with { OnPremisesSyncEnabled = true, Anchor = Samples.ExpectedAnchor });

        await AssertRefusedAsync(proposal, "A match has taken the user");
    }

    [Fact]
    public async Task HandleAsync_MatchedWithTheOldAnchor_IsRefused()
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.Put(proposal.Tenant, Samples.Ann with { OnPremisesSyncEnabled = true });

        await AssertRefusedAsync(proposal, "A match has taken the user");
    }

    [Fact]
    public async Task HandleAsync_AnotherAnchorSetMeanwhile_IsNotOverwritten()
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.Put(proposal.Tenant, Samples.Ann with { Anchor = new("E1001") });

        await AssertRefusedAsync(proposal, "another anchor now, E1001");
    }

    [Fact]
    public async Task HandleAsync_AnotherUserHoldsTheAnchor_IsRefused()
    {
        var proposal = await GivenRequestedAsync();
        var holder = Samples.Ann with { Id = Guid.NewGuid() };
        World.Directory.Put(proposal.Tenant, holder);

        await AssertRefusedAsync(proposal, $"The user {holder.Id} holds this anchor");
    }

    [Fact]
    public async Task HandleAsync_IndexStillShowsTheUserItself_Restores()
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.LaggingHolders[Samples.OldAnchor] = proposal.UserId;

        Assert.Equal(RestoreOutcome.Restored, await RestoreAsync(proposal));
    }

    [Fact]
    public async Task HandleAsync_DeletedUserHoldsTheAnchor_IsRefused()
    {
        var proposal = await GivenRequestedAsync();
        var ghost = Guid.NewGuid();
        World.Directory.SoftDeletedHolders = Reading.Known<IReadOnlyList<Guid>>([ghost]);

        await AssertRefusedAsync(proposal, $"The deleted user {ghost} holds this anchor");
    }

    [Fact]
    public async Task HandleAsync_DeletedUsersUnreadable_IsRefused()
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.SoftDeletedHolders = Reading.Unknown<IReadOnlyList<Guid>>("403");

        await AssertRefusedAsync(proposal, "could not be read: 403");
    }

    [Fact]
    public async Task HandleAsync_RowAlteredBehindOurBack_IsRefused()
    {
        var proposal = await GivenRequestedAsync();
        World.Proposals.Tamper(proposal with { Anchor = new("AAAAAAAAAAAAAAAAAAAAAA==") });

        await AssertRefusedAsync(proposal, "no longer fits its digest");
    }

    [Fact]
    public async Task HandleAsync_UserDeleted_IsRefused()
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.Remove(proposal.Tenant, proposal.UserId);

        await AssertRefusedAsync(proposal, "The user was deleted");
    }

    [Fact]
    public async Task HandleAsync_MatchTookTheUser_IsVerifiedAfterTheRefusal()
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.Put(proposal.Tenant, Samples.Ann with { OnPremisesSyncEnabled = true, Anchor = Samples.ExpectedAnchor });
        await AssertRefusedAsync(proposal, "A match has taken the user");

        Assert.Equal(VerifyOutcome.Verified, await VerifyAsync(proposal));

        Assert.Equal((ProposalStatus.Verified, null), ((await World.LatestAsync()).Status, (await World.LatestAsync()).Refusal));
        Assert.Single(World.Audit.Types, nameof(AnchorCleared));
        Assert.Single(World.Audit.Types, nameof(RestoreRefused));
        Assert.Single(World.Audit.Types, nameof(MatchVerified));
    }

    [Fact]
    public async Task HandleAsync_DirectorySaysNo_VerificationGoesOnAndTellsItsOwnEnd()
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.Refusal = new(RefusalCause.Permission, "Insufficient privileges.");
        await RestoreAsync(proposal);

        Assert.Equal(VerifyOutcome.Waiting, await VerifyAsync(proposal));
        Assert.Equal("Insufficient privileges.", (await World.LatestAsync()).Refusal);

        World.Clock.SetUtcNow(proposal.ClearedAt!.Value.AddHours(25));
        Assert.Equal(VerifyOutcome.Inconclusive, await VerifyAsync(proposal));
        var ended = await World.LatestAsync();
        Assert.Equal((MatchOutcome.NoMatch, null), (ended.Match, ended.RefusalCause));
        Assert.Single(World.Audit.Types, nameof(RestoreRefused));
        Assert.Equal(ended.Refusal, Assert.Single(World.Audit.Entries, e => e.Type == nameof(VerificationInconclusive)).Reason);
    }

    [Fact]
    public async Task HandleAsync_WrittenAndNeverAnsweredUntilRefused_VerificationFindsTheOldAnchor()
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.BeforeWrite = _ => FakeDirectory.Down();
        await RestoreAsync(proposal);
        World.Clock.Advance(World.Clearing.ClaimDuration);
        await World.RegisterAsync(t => t with { Enabled = false });
        await RestoreAsync(proposal);
        World.Directory.Put(proposal.Tenant, Samples.Ann);

        Assert.Equal(VerifyOutcome.Inconclusive, await VerifyAsync(proposal));
        Assert.Contains("the restore was made although its answer was lost", (await World.LatestAsync()).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_RefusedAfterTheMatchWasInDoubt_IsInconclusiveAgain()
    {
        var proposal = await GivenRequestedAsync() with { Match = MatchOutcome.NoMatch };
        World.Proposals.Tamper(proposal);
        World.Directory.Refusal = new(RefusalCause.Permission, "Insufficient privileges.");

        await RestoreAsync(proposal);

        Assert.Equal((ProposalStatus.Inconclusive, MatchOutcome.NoMatch), ((await World.LatestAsync()).Status, (await World.LatestAsync()).Match));
        Assert.Single(World.Audit.Types, nameof(RestoreRefused));
        Assert.Empty(World.Queue.Of<VerifyClear>());
    }

    [Fact]
    public async Task HandleAsync_DirectorySaysNo_KeepsItsAnswerAndMayBeAskedAgain()
    {
        var proposal = await GivenRequestedAsync();
        World.Directory.Refusal = new(RefusalCause.Permission, "Insufficient privileges.");

        Assert.Equal(RestoreOutcome.Refused, await RestoreAsync(proposal));
        var refused = await World.LatestAsync();
        Assert.Equal(("Insufficient privileges.", RefusalCause.Permission), (refused.Refusal, refused.RefusalCause));

        World.Directory.Refusal = null;
        World.Clock.Advance(TimeSpan.FromMinutes(1));
        await RequestAsync(proposal);
        Assert.Equal(RestoreOutcome.Restored, await RestoreAsync(proposal));
    }

    private Task<VerifyOutcome> VerifyAsync(Proposal proposal) =>
        World.Get<VerifyClearHandler>().HandleAsync(new(proposal.Tenant, proposal.Id), World.Cancellation);

    private async Task AssertRefusedAsync(Proposal proposal, string reason)
    {
        var outcome = await RestoreAsync(proposal);

        Assert.Equal(RestoreOutcome.Refused, outcome);
        var refused = await World.LatestAsync();
        Assert.Equal((ProposalStatus.Cleared, refused.StatusAt), (refused.Status, refused.NextCheckAt));
        Assert.Equal(TimeSpan.Zero, Assert.Single(World.Queue.Sent, s => s.Command is VerifyClear).Delay);
        Assert.Contains(reason, refused.Refusal, StringComparison.Ordinal);
        Assert.Equal(refused.Refusal, Assert.Single(World.Audit.Entries, e => e.Type == nameof(RestoreRefused)).Reason);
        AssertWrites(0);
    }
}
