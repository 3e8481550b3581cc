using Reanchor.Anchors;
using Reanchor.Auditing;
using Reanchor.Clearing;
using Reanchor.Contracts;
using Reanchor.Inventories;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Clearing;

/// <summary>Everything that may have changed between approval and write: the clear is superseded, and nothing is written.</summary>
public sealed class ClearPrecheckTests : IDisposable
{
    private static readonly SourceAnchor Other = SourceAnchor.FromGuid(Guid.NewGuid());

    private readonly World _world = new();

    public static TheoryData<string, string> UserChanges => new()
    {
        { "another anchor", "not the one that was approved" },
        { "anchor in another case", "not the one that was approved" },
        { "anchor gone", "not the one that was approved" },
        { "synced", "synced now" },
        { "deleted", "was deleted" },
        { "restored from the bin", "restored" },
        { "another SID", "on-premises values changed" },
        { "guest", "external" },
        { "restricted unit", "restricted management" },
        { "renamed", "No on-premises account" },
        { "moved to a federated domain", "federated" },
    };

    public static TheoryData<string, string> FactChanges => new()
    {
        { "role", "holds a directory role" },
        { "eligible role", "may activate" },
        { "cloud-managed", "cloud-managed on purpose" },
        { "shared mailbox", "shared mailbox" },
        { "soft match blocked", "Soft match is blocked" },
        { "roles unreadable", "could not be read" },
        { "deleted users unreadable", "could not be read" },
        { "soft-deleted holder", "holds the same anchor" },
    };

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(UserChanges))]
    public async Task HandleAsync_UserChanged_IsSuperseded(string change, string reason)
    {
        var proposal = await _world.GivenApprovedAsync();
        var ann = Samples.Ann;
        _world.Directory.Put(proposal.Tenant, change switch
        {
            "another anchor" => ann with { Anchor = Other },
            "anchor in another case" => ann with { Anchor = new(Samples.OldAnchor.Value.ToUpperInvariant()) },
            "anchor gone" => ann with { Anchor = null },
            "synced" => ann with { OnPremisesSyncEnabled = true },
            "restored from the bin" => ann with { OnPremisesSyncEnabled = false },
            "another SID" => ann with { OnPremises = ann.OnPremises with { SecurityIdentifier = "S-1-5-21-0-0-0-1" } },
            "guest" => ann with { UserType = "Guest" },
            "restricted unit" => ann with { IsManagementRestricted = true },
            "renamed" => ann with { UserPrincipalName = "ann.lee@corp.example", ProxyAddresses = ["SMTP:ann.lee@corp.example"] },
            "moved to a federated domain" => ann with { UserPrincipalName = "ann@fed.example" },
            _ => ann,
        });

        if (change == "deleted")
        {
            _world.Directory.Remove(proposal.Tenant, proposal.UserId);
        }

        await AssertSupersededAsync(proposal, reason);
    }

    [Theory]
    [InlineData(false, "not the one that was approved")]
    [InlineData(true, "synced now")]
    public async Task HandleAsync_UserChangedWhileTheRestWasRead_IsSuperseded(bool synced, string reason)
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.BeforeTenantFacts = () => _world.Directory.Put(
            proposal.Tenant, Samples.Ann with { Anchor = Other, OnPremisesSyncEnabled = synced });

        await AssertSupersededAsync(proposal, reason);
    }

    [Theory]
    [MemberData(nameof(FactChanges))]
    public async Task HandleAsync_FactsChanged_IsSuperseded(string change, string reason)
    {
        var proposal = await _world.GivenApprovedAsync();
        var roles = Reading.Known<IReadOnlyDictionary<Guid, string>>(new Dictionary<Guid, string> { [proposal.UserId] = "role" });
        _world.Directory.TenantFacts = change switch
        {
            "role" => Samples.Facts with { ActiveRoles = roles },
            "eligible role" => Samples.Facts with { EligibleRoles = roles },
            "soft match blocked" => Samples.Facts with { Features = Reading.Known(new SyncFeatures(true, false)) },
            "roles unreadable" => Samples.Facts with { ActiveRoles = Reading.Unknown<IReadOnlyDictionary<Guid, string>>("403") },
            "deleted users unreadable" => Samples.Facts with { SoftDeletedHolders = Reading.Unknown<ILookup<SourceAnchor, Guid>>("403") },
            "soft-deleted holder" => Samples.Facts with { SoftDeletedHolders = Reading.Known(new[] { Guid.NewGuid() }.ToLookup(_ => Samples.OldAnchor)) },
            _ => Samples.Facts,
        };
        _world.Directory.UserFacts[proposal.UserId] = change switch
        {
            "cloud-managed" => Samples.UserFacts with { IsCloudManaged = Reading.Known(true) },
            "shared mailbox" => Samples.UserFacts with { MailboxPurpose = Reading.Known<string?>("shared") },
            _ => Samples.UserFacts,
        };

        await AssertSupersededAsync(proposal, reason);
    }

    [Fact]
    public async Task HandleAsync_InventoryNowHasTheAnchor_IsSuperseded() => await AssertSupersededAsync(
        await GivenNewInventoryAsync(Samples.AnnsAccount, new() { ObjectGuid = Guid.NewGuid(), ConsistencyGuid = Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff") }),
        "holds this anchor");

    [Fact]
    public async Task HandleAsync_AnotherPartner_IsSuperseded() => await AssertSupersededAsync(
        await GivenNewInventoryAsync(Samples.AnnsAccount with { ObjectGuid = Guid.NewGuid() }), "has changed");

    [Fact]
    public async Task HandleAsync_PartnerGotAnotherAnchor_IsSuperseded() => await AssertSupersededAsync(
        await GivenNewInventoryAsync(Samples.AnnsAccount with { ConsistencyGuid = Guid.NewGuid() }), "has changed");

    [Fact]
    public async Task HandleAsync_PartnerDisabledSinceTheApproval_IsSuperseded() => await AssertSupersededAsync(
        await GivenNewInventoryAsync(Samples.AnnsAccount with { Enabled = false }), "can no longer sign in");

    [Fact]
    public async Task HandleAsync_PartnerHasItsCloudUserAlready_IsSuperseded()
    {
        var proposal = await _world.GivenApprovedAsync();
        var other = Samples.Ann with { Id = Guid.NewGuid(), UserPrincipalName = "ann2@corp.example", OnPremisesSyncEnabled = true, Anchor = Samples.ExpectedAnchor };
        _world.Directory.Put(proposal.Tenant, other);

        await AssertSupersededAsync(proposal, $"another user already, {other.Id}");
    }

    [Fact]
    public async Task HandleAsync_TenantBackInReportMode_IsSuperseded()
    {
        var proposal = await _world.GivenApprovedAsync();
        await _world.RegisterAsync(t => t with { Mode = TenantMode.Report });

        await AssertSupersededAsync(proposal, "report mode");
    }

    [Fact]
    public async Task HandleAsync_NewerInventorySaysTheSame_Clears()
    {
        var proposal = await GivenNewInventoryAsync(
            Samples.AnnsAccount with { SamAccountName = "alee" }, new() { ObjectGuid = Guid.NewGuid() });

        Assert.Equal(ClearOutcome.Cleared, await _world.ApplyAsync(proposal));
    }

    [Fact]
    public async Task HandleAsync_InventorysFileGone_IsSuperseded()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Clock.Advance(TimeSpan.FromMinutes(1));
        _world.Archive.Delete(await _world.UploadAsync(Samples.AnnsAccount));

        await AssertSupersededAsync(proposal, "The stored inventory of corp is gone from the storage account. Upload it again.");
    }

    [Fact]
    public async Task HandleAsync_InventoryTooOldByNow_IsSuperseded()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Clock.Advance(TimeSpan.FromHours(25));

        await AssertSupersededAsync(proposal, "26 hours old");
    }

    [Fact]
    public async Task HandleAsync_ApprovalRanOut_IsSuperseded()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Clock.SetUtcNow(proposal.ExpiresAt);

        await AssertSupersededAsync(proposal, "expired");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HandleAsync_TenantGoneOrDisabled_IsSuperseded(bool gone)
    {
        var proposal = await _world.GivenApprovedAsync();
        await (gone
            ? _world.Get<RemoveTenantHandler>().HandleAsync(new(proposal.Tenant, Samples.Olga), World.Cancellation)
            : _world.RegisterAsync(t => t with { Enabled = false }));

        await AssertSupersededAsync(proposal, "disabled");
    }

    [Fact]
    public async Task HandleAsync_UserProtectedByPolicyMeanwhile_IsSuperseded()
    {
        var proposal = await _world.GivenApprovedAsync();
        await _world.RegisterAsync(t => t with { Policy = new() { ProtectedUserIds = [proposal.UserId] } });

        await AssertSupersededAsync(proposal, "protects");
    }

    [Fact]
    public async Task HandleAsync_RowAlteredBehindOurBack_IsSuperseded()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Proposals.Tamper(proposal with { Anchor = Other });
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { Anchor = Other });

        await AssertSupersededAsync(proposal, "digest");
    }

    [Fact]
    public async Task HandleAsync_RowAndDigestAlteredBehindOurBack_IsSuperseded()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Proposals.Tamper((proposal with { Anchor = Other }).Seal());
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { Anchor = Other });

        await AssertSupersededAsync(proposal, "No approval that counts");
    }

    [Fact]
    public async Task HandleAsync_StatusAlteredBehindOurBack_IsSuperseded()
    {
        var proposal = await _world.GivenProposalAsync();
        _world.Proposals.Tamper(proposal with { Status = ProposalStatus.Clearing });

        await AssertSupersededAsync(proposal, "No approval that counts");
    }

    [Fact]
    public async Task HandleAsync_ClaimGivenBackAndUserChangedSince_IsSuperseded()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.BeforeWrite = _ => FakeDirectory.Throttled();
        await Assert.ThrowsAsync<DirectoryUnavailableException>(() => _world.ApplyAsync(proposal));
        _world.Writer.Invocations.Clear();
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { Anchor = Other });

        await AssertSupersededAsync(proposal, "not the one that was approved");
    }

    [Fact]
    public async Task HandleAsync_ChangedAndDecidedElsewhere_LeavesItToThem()
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Directory.Put(proposal.Tenant, Samples.Ann with { Anchor = Other });
        _world.SomeoneElseMovesFirst(p => p.Supersede("theirs", Samples.Now));

        Assert.Equal(ClearOutcome.ClaimedElsewhere, await _world.ApplyAsync(proposal));
        Assert.Equal("theirs", (await _world.LatestAsync()).Refusal);
        _world.AssertNothingWritten();
    }

    private async Task<Proposal> GivenNewInventoryAsync(params DirectoryAccount[] accounts)
    {
        var proposal = await _world.GivenApprovedAsync();
        _world.Clock.Advance(TimeSpan.FromHours(1));
        await _world.UploadAsync(accounts);
        return proposal;
    }

    private async Task AssertSupersededAsync(Proposal proposal, string reason)
    {
        var outcome = await _world.ApplyAsync(proposal);

        Assert.Equal(ClearOutcome.Superseded, outcome);
        var superseded = await _world.LatestAsync();
        Assert.Equal(ProposalStatus.Superseded, superseded.Status);
        Assert.Contains(reason, superseded.Refusal, StringComparison.Ordinal);
        Assert.Equal(superseded.Refusal, Assert.Single(_world.Audit.Entries, e => e.Type == nameof(ProposalSuperseded)).Reason);
        Assert.Empty(_world.Queue.Sent);
        _world.AssertNothingWritten();
    }
}
