using Reanchor.Scanning;
using static Reanchor.UnitTests.Scanning.JoinedAnn;

namespace Reanchor.UnitTests.Scanning;

/// <summary>Whom a user should match, by the names that both have.</summary>
public sealed class InventoryJoinPartnerTests
{
    [Theory]
    [InlineData("ANN@corp.example", null, null, "userPrincipalName")]
    [InlineData(null, "SMTP:Ann.Lee@CORP.example", null, "primarySmtpAddress")]
    [InlineData(null, null, "ann.lee@corp.example", "primarySmtpAddress")]
    [InlineData("ann@corp.example", "SMTP:ann.lee@corp.example", null, "userPrincipalName,primarySmtpAddress")]
    public void EvidenceFor_SameUpnOrPrimaryAddress_IsPartnerOnce(string? upn, string? proxyAddress, string? mail, string matchedBy)
    {
        var account = Account() with
        {
            UserPrincipalName = upn,
            ProxyAddresses = proxyAddress is null ? [] : [proxyAddress],
            Mail = mail,
        };

        var evidence = Join(Ann, account);

        Assert.Same(account, Assert.Single(evidence.Partners).Account);
        Assert.Empty(evidence.SecondaryAddressHolders);
        Assert.Equal(matchedBy, string.Join(',', PartnerMatch.MatchedBy(Ann, account)));
    }

    [Theory]
    [InlineData("ann.lee@corp.example", null, null)] // its UPN is the user's address
    [InlineData(null, "SMTP:ann@corp.example", null)] // its address is the user's UPN
    [InlineData(null, null, "ann@corp.example")]
    [InlineData(null, "SMTP:bob@corp.example", "ann.lee@corp.example")] // mail counts only without a primary address
    [InlineData(null, null, "ann.mail@corp.example")] // the user's mail is not its primary address
    [InlineData(null, "SMTP:old@corp.example", null)] // the user's secondary address
    public void EvidenceFor_UpnAndAddressCrossed_IsNoMatch(string? upn, string? proxyAddress, string? mail)
    {
        var account = Account() with
        {
            UserPrincipalName = upn,
            ProxyAddresses = proxyAddress is null ? [] : [proxyAddress],
            Mail = mail,
        };

        AssertNothing(Join(Ann, account));
        Assert.Empty(PartnerMatch.MatchedBy(Ann, account));
    }

    [Fact]
    public void EvidenceFor_DeletedAccount_IsNobodysPartner()
    {
        var account = Account() with
        {
            UserPrincipalName = Ann.UserPrincipalName,
            ProxyAddresses = ["smtp:ann.lee@corp.example"],
            Deleted = true,
        };

        AssertNothing(Join(Ann, account));
    }

    [Theory]
    [InlineData("smtp:ann@corp.example")]
    [InlineData("smtp:ANN.LEE@corp.example")]
    [InlineData("Smtp:ann.lee@corp.example")]
    [InlineData("SMTP:ann.lee@corp.example")] // a second primary address is none
    public void EvidenceFor_OnlySecondaryAddress_IsHolderNotPartner(string secondary)
    {
        var account = Account() with { ProxyAddresses = ["SMTP:bob@corp.example", secondary, "smtp:ann@corp.example"] };

        var evidence = Join(Ann, account);

        Assert.Same(account, Assert.Single(evidence.SecondaryAddressHolders).Account);
        Assert.Empty(evidence.Partners);
    }

    [Fact]
    public void EvidenceFor_PartnerThatAlsoHasASecondaryAddress_IsPartnerOnly()
    {
        var account = Account() with
        {
            UserPrincipalName = Ann.UserPrincipalName,
            ProxyAddresses = ["SMTP:bob@corp.example", "smtp:ann.lee@corp.example"],
        };

        var evidence = Join(Ann, account);

        Assert.Single(evidence.Partners);
        Assert.Empty(evidence.SecondaryAddressHolders);
    }
}
