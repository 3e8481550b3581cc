using Reanchor.Contracts;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Proposals;

public sealed class ProposalDigestTests
{
    private static readonly Proposal Proposal = Samples.NewProposal(Samples.NewTenantId(), Samples.Ann.Id);

    private static readonly Dictionary<string, Func<Proposal, Proposal>> Covered = new()
    {
        ["tenant"] = p => p with { Tenant = Samples.NewTenantId() },
        ["user"] = p => p with { UserId = Guid.NewGuid() },
        ["anchor"] = p => p with { Anchor = new("AAAA") },
        ["case of the anchor"] = p => p with { Anchor = new(p.Anchor.Value.ToUpperInvariant()) },
        ["sync state"] = p => p with { OnPremisesSyncEnabled = false },
        ["SID"] = p => p with { OnPremises = p.OnPremises with { SecurityIdentifier = "S-1" } },
        ["object identifier"] = p => p with { OnPremises = p.OnPremises with { ObjectIdentifier = "x" } },
        ["SAM name"] = p => p with { OnPremises = p.OnPremises with { SamAccountName = null } },
        ["distinguished name"] = p => p with { OnPremises = p.OnPremises with { DistinguishedName = "CN=x" } },
        ["domain name"] = p => p with { OnPremises = p.OnPremises with { DomainName = "x" } },
        ["on-premises UPN"] = p => p with { OnPremises = p.OnPremises with { UserPrincipalName = "x" } },
        ["last sync"] = p => p with { OnPremises = p.OnPremises with { LastSyncAt = Samples.Now } },
        ["partner's collector"] = p => Partner(p, a => a with { CollectorId = CollectorId.Parse("emea", null) }),
        ["partner's GUID"] = p => Partner(p, a => a with { ObjectGuid = Guid.NewGuid() }),
        ["partner's UPN"] = p => Partner(p, a => a with { UserPrincipalName = "x" }),
        ["partner's SAM name"] = p => Partner(p, a => a with { SamAccountName = "x" }),
        ["how it matches"] = p => Partner(p, a => a with { MatchedBy = ["userPrincipalName"] }),
        ["expected anchor"] = p => p with { Evidence = p.Evidence with { ExpectedAnchor = new("BBBB") } },
        ["prediction"] = p => p with { Evidence = p.Evidence with { Prediction = Prediction.Duplicate } },
        ["inventory version"] = p => Versions(p, new() { ["corp"] = new('b', 64) }),
        ["inventories"] = p => Versions(p, new() { ["corp"] = new('a', 64), ["emea"] = new('a', 64) }),
    };

    public static TheoryData<string> CoveredNames => [.. Covered.Keys];

    [Theory]
    [MemberData(nameof(CoveredNames))]
    public void Of_ACoveredFieldChanged_IsAnother(string field)
    {
        var changed = Covered[field](Proposal);

        Assert.NotEqual(Proposal.Digest, ProposalDigest.Of(changed));
        Assert.False(changed.DigestHolds);
    }

    /// <summary>A value added later has to be covered, and tested, too.</summary>
    [Fact]
    public void Of_OnPremisesValues_AreAllTested() => Assert.Equal(7, typeof(OnPremisesValues).GetProperties().Length);

    [Fact]
    public void Of_StatusAndDecisions_ChangeNothing()
    {
        var approved = Proposal.Decide(Samples.Approve(Proposal));

        Assert.Equal(Proposal.Digest, ProposalDigest.Of(approved with { Refusal = "x", NextCheckAt = Samples.Now, Status = ProposalStatus.Refused }));
    }

    /// <summary>An account that is moved to another OU is the same account, and proposals from before it was known hold.</summary>
    [Fact]
    public void Of_PartnerMovedInAd_ChangesNothing() => Assert.Equal(
        Proposal.Digest, ProposalDigest.Of(Partner(Proposal, a => a with { DistinguishedName = "CN=Ann,OU=New,DC=corp,DC=example" })));

    [Fact]
    public void Of_SameContentInAnotherOrder_IsTheSame()
    {
        var one = Versions(Proposal, new() { ["a"] = "1", ["b"] = "2" });
        var other = Versions(Proposal, new() { ["b"] = "2", ["a"] = "1" });

        Assert.Equal(ProposalDigest.Of(one), ProposalDigest.Of(other));
    }

    [Fact]
    public void Of_AnyProposal_IsLowerCaseHexOf32Bytes() => Assert.Matches("^[0-9a-f]{64}$", Proposal.Digest);

    private static Proposal Partner(Proposal p, Func<Partner, Partner> change) =>
        p with { Evidence = p.Evidence with { Partner = change(p.Evidence.Partner!) } };

    private static Proposal Versions(Proposal p, Dictionary<string, string> versions) =>
        p with { Evidence = p.Evidence with { InventoryVersions = versions } };
}
