using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.UnitTests.Clearing;

/// <summary>The optional second clear: asked for by a person, approved by another, and never undone.</summary>
public sealed class IdentifierClearTests : IDisposable
{
    /// <summary>Of an account that is gone: sync might refuse to overwrite it.</summary>
    private static readonly string Identifier = "5d5f6d3e-0000-4000-8000-000000000009";

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task Propose_ClearedAndNotMatched_IsPendingWithItsOwnDigestAndTheWarning()
    {
        var first = await GivenClearedWithIdentifierAsync();

        var second = (await ProposeAsync(first)).Proposal!;

        Assert.Equal((ProposalKind.ClearObjectIdentifier, ProposalStatus.Pending, Samples.Olga), (second.Kind, second.Status, second.RequestedBy));
        Assert.True(second.DigestHolds);
        Assert.NotEqual(first.Digest, second.Digest);
        Assert.Contains(ProposeIdentifierClearHandler.Warning, second.Warnings);
        var told = Assert.Single(_world.Audit.Entries, e => e.Type == nameof(ObjectIdentifierClearProposed));
        Assert.Equal((Samples.Olga, "no match came"), (told.Actor, told.Reason));
    }

    [Fact]
    public void Digest_OfTheOtherKind_IsAnother()
    {
        var proposal = Samples.NewProposal(Samples.NewTenantId());

        Assert.False((proposal with { Kind = ProposalKind.ClearObjectIdentifier }).DigestHolds);
    }

    [Fact]
    public async Task Approve_ByTheRequester_IsRefused()
    {
        var second = (await ProposeAsync(await GivenClearedWithIdentifierAsync())).Proposal!;

        Assert.Equal(DecisionOutcome.OwnRequest, (await _world.DecideAsync(second, approve: true, by: Samples.Olga)).Outcome);
    }

    [Fact]
    public async Task Apply_Approved_ClearsTheIdentifierAloneAndOnce()
    {
        var second = await GivenApprovedAsync();

        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(second));
        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(second));

        Assert.Equal([second.UserId], _world.Directory.IdentifierClears);
        Assert.Single(_world.Directory.Writes);
        Assert.Equal(
            [nameof(ObjectIdentifierClearStarted), nameof(ObjectIdentifierCleared)],
            _world.Audit.Types.Where(t => t is nameof(ObjectIdentifierClearStarted) or nameof(ObjectIdentifierCleared)));
        Assert.Equal(
            Identifier,
            _world.Audit.Entries.Single(e => e.Type == nameof(ObjectIdentifierCleared)).Details.GetProperty("oldObjectIdentifier").GetString());
        Assert.Contains(new VerifyClear(second.Tenant, second.Id), _world.Queue.Of<VerifyClear>());
    }

    [Theory]
    [InlineData("matched", "synced now")]
    [InlineData("restored", "has an anchor again")]
    [InlineData("identifier", "values changed")]
    [InlineData("restricted", "restricted management")]
    public async Task Apply_UserChangedSinceTheApproval_IsSuperseded(string change, string reason)
    {
        var second = await GivenApprovedAsync();
        var user = _world.Directory.User(second.Tenant, second.UserId);
        _world.Directory.Put(second.Tenant, change switch
        {
            "matched" => user with { OnPremisesSyncEnabled = true, Anchor = Samples.ExpectedAnchor },
            "restored" => user with { Anchor = Samples.OldAnchor },
            "identifier" => user with { OnPremises = user.OnPremises with { ObjectIdentifier = Guid.NewGuid().ToString() } },
            _ => user with { IsManagementRestricted = true },
        });

        Assert.Equal(ClearOutcome.Superseded, await _world.ApplyAsync(second));
        Assert.Contains(reason, (await _world.LatestAsync()).Refusal, StringComparison.Ordinal);
        Assert.Empty(_world.Directory.IdentifierClears);
    }

    [Fact]
    public async Task Apply_AnchorSetWhileTheRestWasRead_IsSuperseded()
    {
        var second = await GivenApprovedAsync();
        var user = _world.Directory.User(second.Tenant, second.UserId);
        _world.Clock.Advance(RecentTenantFacts.MaxAge + TimeSpan.FromSeconds(1));
        _world.Directory.BeforeTenantFacts = () => _world.Directory.Put(second.Tenant, user with { Anchor = Samples.OldAnchor });

        Assert.Equal(ClearOutcome.Superseded, await _world.ApplyAsync(second));
        Assert.Contains("has an anchor again", (await _world.LatestAsync()).Refusal, StringComparison.Ordinal);
        Assert.Empty(_world.Directory.IdentifierClears);
    }

    [Theory]
    [InlineData(ProposalStatus.Approved, "not cleared")]
    [InlineData(ProposalStatus.Verified, "not cleared")]
    [InlineData(ProposalStatus.Restored, "not cleared")]
    public async Task Propose_FirstClearNotStanding_IsNotPossible(ProposalStatus status, string reason)
    {
        var first = await GivenClearedWithIdentifierAsync();
        _world.Proposals.Tamper(first with { Status = status, Restore = new(Samples.Anton, Samples.Now, "earlier") });

        await AssertNotPossibleAsync(first, reason);
    }

    [Fact]
    public async Task Propose_AskedTwice_IsNotPossible()
    {
        var first = await GivenClearedWithIdentifierAsync();
        await ProposeAsync(first);

        await AssertNotPossibleAsync(first, "is open");
    }

    [Fact]
    public async Task Propose_UserPrivilegedByNow_IsNotPossible()
    {
        var first = await GivenClearedWithIdentifierAsync();
        _world.Directory.TenantFacts = Samples.Facts with
        {
            ActiveRoles = Reading.Known<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string> { [first.UserId] = "role" }),
        };

        await AssertNotPossibleAsync(first, "holds a directory role");
    }

    [Fact]
    public async Task Propose_NoIdentifier_IsNotPossible() =>
        await AssertNotPossibleAsync(await _world.GivenClearedAsync(), "no object identifier");

    /// <summary>The tenant's policy does not include such users, so the first judgement alone would not have asked who has the account.</summary>
    [Fact]
    public async Task Propose_AnotherUserHasTheAccount_IsNotPossible()
    {
        var first = await GivenClearedWithIdentifierAsync();
        var other = Samples.Ann with
        {
            Id = Guid.NewGuid(),
            UserPrincipalName = "other@corp.example",
            Mail = null,
            ProxyAddresses = [],
            Anchor = first.Evidence.ExpectedAnchor,
            OnPremisesSyncEnabled = true,
        };
        _world.Directory.Put(first.Tenant, other);

        await AssertNotPossibleAsync(first, $"{other.Id}");
    }

    [Fact]
    public async Task Verify_FirstClearRestoredMeanwhile_SaysThatItMayHaveBeen()
    {
        var second = await GivenApprovedAsync();
        await _world.ApplyAsync(second);
        _world.Directory.Put(second.Tenant, _world.Directory.User(second.Tenant, second.UserId) with { Anchor = second.Anchor });
        _world.Clock.Advance(_world.Clearing.ClaimDuration);

        await _world.Get<VerifyClearHandler>().HandleAsync(new(second.Tenant, second.Id), World.Cancellation);

        Assert.Contains("was restored", (await _world.LatestAsync()).Refusal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restore_OfTheSecondClear_IsRefusedInWords()
    {
        var second = await GivenApprovedAsync();
        await _world.ApplyAsync(second);

        var result = await _world.Get<RequestRestoreHandler>().HandleAsync(
            new(second.Tenant, second.Id, "wrong user", Samples.Anton), World.Cancellation);

        Assert.Equal(RequestRestoreOutcome.NothingToRestore, result.Outcome);
        Assert.Contains("cannot be put back", result.Explanation, StringComparison.Ordinal);
    }

    private async Task<Proposal> GivenClearedWithIdentifierAsync()
    {
        var first = await _world.GivenClearedAsync();
        var user = _world.Directory.User(first.Tenant, first.UserId);
        _world.Directory.Put(first.Tenant, user with { OnPremises = user.OnPremises with { ObjectIdentifier = Identifier } });
        return first;
    }

    private async Task<Proposal> GivenApprovedAsync()
    {
        var second = (await ProposeAsync(await GivenClearedWithIdentifierAsync())).Proposal!;
        return await _world.ApproveByTwoAsync(second);
    }

    private Task<ProposeIdentifierClearResult> ProposeAsync(Proposal first) => _world.Get<ProposeIdentifierClearHandler>().HandleAsync(
        new(first.Tenant, first.Id, "no match came", Samples.Olga), World.Cancellation);

    private async Task AssertNotPossibleAsync(Proposal first, string reason)
    {
        var result = await ProposeAsync(first);

        Assert.Equal(ProposeIdentifierClearOutcome.NotPossible, result.Outcome);
        Assert.Contains(reason, result.Explanation, StringComparison.Ordinal);
    }
}
