using System.Text;
using Reanchor.Collector;
using Reanchor.Collector.Directories;

namespace Reanchor.UnitTests.Collector;

public sealed class AccountMappingTests
{
    // A GUID as Active Directory stores it, and as people write it.
    private static readonly byte[] GuidBytes = Convert.FromBase64String("6u8m509PXhmG5A4EWObhKA==");
    private static readonly Guid GuidValue = new("e726efea-4f4f-195e-86e4-0e0458e6e128");

    [Fact]
    public void Map_EveryAttribute_ReadsBinaryOnesAsBytes()
    {
        var attributes = Attributes(
            ("objectguid", [GuidBytes]),
            ("mS-DS-ConsistencyGuid", [GuidBytes]),
            ("objectSid", [Convert.FromHexString("010500000000000515000000C0BD2B6C74A2236991016FDEA4040000")]),
            ("userPrincipalName", [Utf8("anna@corp.example")]),
            ("mail", [Utf8("anna@corp.example")]),
            ("proxyAddresses", [Utf8("SMTP:anna@corp.example"), Utf8("smtp:änna@corp.example")]),
            ("sAMAccountName", [Utf8("anna")]),
            ("userAccountControl", [Utf8("514")]),
            ("distinguishedName", [Utf8("CN=Anna,OU=Leute,DC=corp,DC=example")]),
            ("msExchMailboxGuid", [GuidBytes]));

        var account = AccountMapping.Map(attributes, AnchorChoice.Default);

        Assert.Equal(GuidValue, account.ObjectGuid);
        Assert.Equal(GuidValue, account.ConsistencyGuid);
        Assert.Equal(GuidValue, account.MailboxGuid);
        Assert.Equal("CN=Anna,OU=Leute,DC=corp,DC=example", account.DistinguishedName);
        Assert.Equal("S-1-5-21-1814805952-1763943028-3731816849-1188", account.Sid);
        Assert.Equal("anna@corp.example", account.UserPrincipalName);
        Assert.Equal(["SMTP:anna@corp.example", "smtp:änna@corp.example"], account.ProxyAddresses);
        Assert.False(account.Enabled);
        Assert.False(account.Deleted);
        Assert.Null(account.CustomAnchor);
    }

    [Fact]
    public void Map_GuidThatIsTextToo_ReadsItsBytes()
    {
        var attributes = Attributes(("objectGUID", ["ABCDEFGHIJKLMNOP"u8.ToArray()]));

        var account = AccountMapping.Map(attributes, AnchorChoice.Default);

        Assert.Equal("ABCDEFGHIJKLMNOP"u8.ToArray(), account.ObjectGuid.ToByteArray());
    }

    [Fact]
    public void Map_AttributesWithoutValues_AreUnset()
    {
        var attributes = Attributes(
            ("objectGUID", [GuidBytes]), ("mail", []), ("proxyAddresses", []), ("mS-DS-ConsistencyGuid", []));

        var account = AccountMapping.Map(attributes, AnchorChoice.Default);

        Assert.Null(account.Mail);
        Assert.Null(account.ConsistencyGuid);
        Assert.Null(account.OddConsistencyGuid);
        Assert.Empty(account.ProxyAddresses);
    }

    [Theory]
    [InlineData("ms-DS-ConsistencyGuid", null)]
    [InlineData("employeeID", "E123")]
    public void Map_ConsistencyGuidOfOtherLength_StaysAnAnchorInUse(string anchorAttribute, string? customAnchor)
    {
        var attributes = Attributes(
            ("objectGUID", [GuidBytes]), ("mS-DS-ConsistencyGuid", [[1, 2, 3]]), ("employeeID", [Utf8("E123")]));

        var account = AccountMapping.Map(attributes, new(anchorAttribute, IsBinary: false));

        Assert.Null(account.ConsistencyGuid);
        Assert.Equal("AQID", account.OddConsistencyGuid);
        Assert.Equal(customAnchor, account.CustomAnchor);
    }

    [Theory]
    [InlineData(true, "RTEyMw==")]
    [InlineData(false, "E123")]
    public void Map_CustomAnchor_IsAsSyncSendsIt(bool isBinary, string expected)
    {
        var attributes = Attributes(("objectGUID", [GuidBytes]), ("employeeID", [Utf8("E123")]));

        var account = AccountMapping.Map(attributes, new("employeeID", isBinary));

        Assert.Equal(expected, account.CustomAnchor);
    }

    [Fact]
    public void Map_Tombstone_IsDeleted()
    {
        var attributes = Attributes(("objectGUID", [GuidBytes]), ("isDeleted", [Utf8("TRUE")]), ("userAccountControl", []));

        Assert.True(AccountMapping.Map(attributes, AnchorChoice.Default).Deleted);
        Assert.Equal(["userAccountControl"], AccountMapping.FindMissing(attributes));
    }

    [Fact]
    public void Map_FoundAmongTheDeletedWithoutIsDeleted_IsDeleted()
    {
        var attributes = Attributes(("objectGUID", [GuidBytes]), ("whenCreated", []));

        Assert.True(AccountMapping.Map(attributes, AnchorChoice.Default, deleted: true).Deleted);
    }

    [Theory]
    [InlineData("objectSid")]
    [InlineData("sAMAccountName")]
    [InlineData("userAccountControl")]
    [InlineData("whenCreated")]
    [InlineData("uSNChanged")]
    public void Map_LiveAccountWithoutWhatEveryOneHas_FailsAndNamesIt(string attribute)
    {
        var attributes = Attributes(("objectGUID", [GuidBytes]), ("distinguishedName", [Utf8("CN=Anna Lee")]), (attribute, []));

        var failure = Assert.Throws<CollectorFailureException>(() => AccountMapping.Map(attributes, AnchorChoice.Default));

        Assert.Equal(ExitCode.DirectoryUnreadable, failure.ExitCode);
        Assert.Contains($"objectGUID {GuidValue} came without {attribute}, which", failure.Message, StringComparison.Ordinal);
        Assert.Contains("the right Read all properties on user objects", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Anna", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Map_NoObjectGuid_Fails()
    {
        var failure = Assert.Throws<CollectorFailureException>(
            () => AccountMapping.Map(Attributes(("mail", [Utf8("a@b.example")])), AnchorChoice.Default));

        Assert.Equal(ExitCode.DirectoryUnreadable, failure.ExitCode);
    }

    [Fact]
    public void Map_ValuesCutOffByTheServer_Fails()
    {
        var attributes = Attributes(("objectGUID", [GuidBytes]), ("proxyAddresses;range=0-1499", [Utf8("SMTP:a@b.example")]));

        var failure = Assert.Throws<CollectorFailureException>(() => AccountMapping.Map(attributes, AnchorChoice.Default));

        Assert.Contains("proxyAddresses", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0105")]
    [InlineData("010500000000000515000000C0BD2B6C74A2236991016FDEA40400")]
    [InlineData("020100000000000512000000")]
    public void SidText_NotASid_IsNull(string hex) => Assert.Null(SidText.Read(Convert.FromHexString(hex)));

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>With what every account has, unless it is given.</summary>
    private static RawAttributes Attributes(params (string Name, byte[][] Values)[] attributes)
    {
        (string Name, byte[][] Values)[] always =
        [
            ("objectSid", [Convert.FromHexString("010500000000000515000000C0BD2B6C74A2236991016FDEA4040000")]),
            ("sAMAccountName", [Utf8("anna")]),
            ("userAccountControl", [Utf8("512")]),
            ("whenCreated", [Utf8("20260102030405.0Z")]),
            ("uSNChanged", [Utf8("41")]),
        ];
        return new(attributes.UnionBy(always, a => a.Name).Select(a => KeyValuePair.Create(a.Name, a.Values)));
    }
}
