using Reanchor.Anchors;
using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Xunit;

namespace Reanchor.UnitTests.Scanning;

/// <summary>Users that others compete with for one on-premises account, through a whole scan.</summary>
public sealed class PartnerClaimTests : IDisposable
{
    private static readonly CloudUser Bob = Samples.Ann with
    {
        Id = Guid.NewGuid(),
        UserPrincipalName = "bob@corp.example",
        Mail = "bob@corp.example",
        ProxyAddresses = ["SMTP:bob@corp.example"],
    };

    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    /// <summary>In batches of one neither user is read together with the other.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2000)]
    public async Task Scan_OneAccountByNameAndByAddress_ProposesNeitherUser(int batchSize)
    {
        _world.Scanning.BatchSize = batchSize;
        _world.Directory.PageSize = 1;
        await GivenAsync(Samples.Ann, Bob with { Anchor = SourceAnchor.FromGuid(Guid.NewGuid()) });
        await _world.UploadAsync(Samples.AnnsAccount with { ProxyAddresses = ["SMTP:bob@corp.example"], Mail = null });

        var scan = await _world.ScanAsync();

        Assert.Equal(new Dictionary<Classification, int> { [Classification.AmbiguousPartner] = 2 }, scan.Counts);
        Assert.Empty(_world.Queue.Of<ProposeClear>());
    }

    /// <summary>No scan reads Bob, for he carries no anchor.</summary>
    [Fact]
    public async Task Scan_AccountsAddressIsThatOfAPlainUser_IsAmbiguous()
    {
        await GivenAsync(Samples.Ann, Bob with { Anchor = null });
        await _world.UploadAsync(Samples.AnnsAccount with { ProxyAddresses = ["SMTP:bob@corp.example"], Mail = null });

        await AssertNotProposedAsync(Classification.AmbiguousPartner, Bob.Id.ToString());
    }

    [Fact]
    public async Task Scan_AccountHasItsCloudUserAlready_IsAmbiguousAndNamesIt()
    {
        await GivenAsync(Samples.Ann, Bob with { Anchor = Samples.ExpectedAnchor, OnPremisesSyncEnabled = true });
        await _world.UploadAsync(Samples.AnnsAccount);

        await AssertNotProposedAsync(Classification.AmbiguousPartner, $"matched to another user already, {Bob.Id}");
    }

    [Fact]
    public async Task Scan_AccountsCloudUserIsADuplicateInQuarantine_SaysWhatToDeleteFirst()
    {
        var duplicate = Bob with { UserPrincipalName = "ann1234@corp.onmicrosoft.com", Mail = null, ProxyAddresses = [], Anchor = Samples.ExpectedAnchor, OnPremisesSyncEnabled = true };
        await GivenAsync(Samples.Ann, duplicate);
        await _world.UploadAsync(Samples.AnnsAccount);
        _world.Directory.TenantFacts = Samples.Facts with
        {
            Duplicates = Reading.Known<IReadOnlyList<QuarantinedDuplicate>>([new(duplicate.Id, duplicate.UserPrincipalName, "al@corp.example")]),
        };

        await AssertNotProposedAsync(Classification.DuplicateInQuarantine, "delete ann1234@corp.onmicrosoft.com, delete it from the deleted users as well");
    }

    [Fact]
    public async Task Gather_UserThatOtherChecksExclude_IsAskedForClaimsAllTheSame()
    {
        await GivenAsync(Samples.Ann with { UserType = "Guest" }, Bob with { Anchor = Samples.ExpectedAnchor, OnPremisesSyncEnabled = true });
        await _world.UploadAsync(Samples.AnnsAccount);

        var gathered = await _world.Get<UserAssessor>().GatherAsync(
            _world.Tenant, Samples.Facts, [_world.Directory.User(_world.Tenant.Id, Samples.Ann.Id)], World.Cancellation);

        Assert.Equal([Bob.Id], gathered[0].Case.Claims.AnchorHolders.Value);
    }

    private async Task GivenAsync(params CloudUser[] users)
    {
        await _world.RegisterAsync();
        _world.Directory.Put(_world.Tenant.Id, users);
    }

    private async Task AssertNotProposedAsync(Classification expected, string reason)
    {
        await _world.ScanAsync();

        var finding = await _world.Findings.FindAsync(_world.Tenant.Id, Samples.Ann.Id, World.Cancellation);
        Assert.Equal(expected, finding!.Classification);
        Assert.Contains(reason, finding.Assessment.Reason, StringComparison.Ordinal);
        Assert.Empty(_world.Queue.Of<ProposeClear>());
    }
}
