using Reanchor.Inventories;
using Reanchor.Scanning;
using static Reanchor.UnitTests.Scanning.JoinedAnn;

namespace Reanchor.UnitTests.Scanning;

public sealed class InventoryJoinTests
{
    [Fact]
    public void EvidenceFor_AccountsThatShareNothing_HasNone()
    {
        var account = Account() with
        {
            ConsistencyGuid = Guid.NewGuid(),
            CustomAnchor = "E1000",
            Sid = Sid + "5",
            UserPrincipalName = "bob@corp.example",
            Mail = "bob@corp.example",
            ProxyAddresses = ["SMTP:bob@corp.example", "smtp:b@corp.example", "X500:/o=Corp"],
        };

        AssertNothing(Join(Ann, account));
    }

    [Fact]
    public void EvidenceFor_ObjectGuidIsTheAnchor_IsAnchorHolder() =>
        AssertAnchorHolder(Account() with { ObjectGuid = Anchor });

    [Fact]
    public void EvidenceFor_ConsistencyGuidIsTheAnchor_IsAnchorHolder() =>
        AssertAnchorHolder(Account() with { ConsistencyGuid = Anchor });

    [Fact]
    public void EvidenceFor_CustomAnchorIsTheBase64Text_IsAnchorHolder() =>
        AssertAnchorHolder(Account() with { CustomAnchor = "/xmWb4aLEdC0LQDAT8lk/w==" });

    [Fact]
    public void EvidenceFor_DeletedHolder_IsAnchorHolderStill() =>
        AssertAnchorHolder(Account() with { ObjectGuid = Anchor, Deleted = true });

    [Fact]
    public void EvidenceFor_AnchorInBothAttributesAndCustom_IsListedOnce() =>
        AssertAnchorHolder(Account() with
        {
            ObjectGuid = Anchor,
            ConsistencyGuid = Anchor,
            CustomAnchor = "/xmWb4aLEdC0LQDAT8lk/w==",
        });

    [Fact]
    public void EvidenceFor_GuidInRfcByteOrder_IsAnotherAnchor()
    {
        var swapped = new Guid(Anchor.ToByteArray(), bigEndian: true);

        AssertNothing(Join(Ann, Account() with { ObjectGuid = swapped }));
    }

    [Theory]
    [InlineData("AQID", 1)]
    [InlineData("AQIE", 0)]
    public void EvidenceFor_OddConsistencyGuid_HoldsItsBase64WhateverTheCustomAnchorIs(string odd, int holders)
    {
        var account = Account() with { OddConsistencyGuid = odd, CustomAnchor = "E1000", Sid = Sid };

        var evidence = Join(Ann with { Anchor = new("AQID") }, account);

        Assert.Equal(holders, evidence.AnchorHolders.Count);
        Assert.Equal(1 - holders, evidence.DriftedAccounts.Count);
    }

    [Theory]
    [InlineData("E1001", "E1001", true)]
    [InlineData("E1001", "e1001", false)]
    [InlineData("E1001", "E1001 ", false)]
    public void EvidenceFor_CustomAnchor_IsComparedOrdinally(string anchor, string custom, bool holds)
    {
        var user = Ann with { Anchor = new(anchor) };

        var evidence = Join(user, Account() with { CustomAnchor = custom });

        Assert.Equal(holds ? 1 : 0, evidence.AnchorHolders.Count);
    }

    /// <summary>A binary attribute is handed in as its reader writes it; sync sends the Base64 of its bytes.</summary>
    [Theory]
    [InlineData("6f9619ff-8b86-d011-b42d-00c04fc964ff", true)]
    [InlineData("{6F9619FF-8B86-D011-B42D-00C04FC964FF}", true)]
    [InlineData("ff 19 96 6f 86 8b 11 d0 b4 2d 00 c0 4f c9 64 ff", true)]
    [InlineData("ff19966f868b11d0b42d00c04fc964ff", true)] // the bytes
    [InlineData("6f9619ff8b86d011b42d00c04fc964ff", true)] // the GUID
    [InlineData("6f9619ff-8b86-d011-b42d-00c04fc964fe", false)]
    [InlineData("6f9619ff-8b86-d011-b42d-00c04fc964ff-x", false)]
    public void EvidenceFor_CustomAnchorWrittenAsGuidOrHex_IsTheAnchorOfItsBytes(string custom, bool holds)
    {
        var evidence = Join(Ann, Account() with { CustomAnchor = custom, Sid = Sid });

        Assert.Equal(holds ? 1 : 0, evidence.AnchorHolders.Count);
        Assert.Equal(holds ? 0 : 1, evidence.DriftedAccounts.Count);
    }

    [Fact]
    public void EvidenceFor_SidUnderAnotherAnchor_HasDrifted()
    {
        var account = Account() with { Sid = Sid.ToLowerInvariant() };

        var evidence = Join(Ann, account);

        Assert.Equal(new(Corp, account), Assert.Single(evidence.DriftedAccounts));
        Assert.Empty(evidence.AnchorHolders);
    }

    [Fact]
    public void EvidenceFor_ObjectIdentifierUnderAnotherAnchor_HasDriftedOnce()
    {
        var account = Account() with
        {
            ObjectGuid = Guid.Parse("897485c7-81a7-42eb-97c6-37ed73077b1f"),
            Sid = Sid,
            Deleted = true,
        };

        var evidence = Join(Ann, account);

        Assert.Same(account, Assert.Single(evidence.DriftedAccounts).Account);
    }

    [Fact]
    public void EvidenceFor_SidOfTheAnchorHolder_HasNotDrifted()
    {
        var evidence = Join(Ann, Account() with { ConsistencyGuid = Anchor, Sid = Sid });

        Assert.Single(evidence.AnchorHolders);
        Assert.Empty(evidence.DriftedAccounts);
    }

    [Fact]
    public void EvidenceFor_SeveralForests_NamesTheCollectorOfEach()
    {
        var join = new InventoryJoin([Ann]);
        join.Add(Corp, Account() with { UserPrincipalName = Ann.UserPrincipalName });
        join.Add(Emea, Account() with { UserPrincipalName = Ann.UserPrincipalName });

        Assert.Equal([Corp, Emea], join.EvidenceFor(Ann.Id).Partners.Select(p => p.Collector));
    }

    [Fact]
    public void EvidenceFor_ManyAccounts_IsCutAtTheLimit()
    {
        var join = new InventoryJoin([Ann]);

        for (var i = 0; i < 3 * InventoryEvidence.Limit; i++)
        {
            join.Add(Corp, Account() with
            {
                ConsistencyGuid = Anchor,
                UserPrincipalName = Ann.UserPrincipalName,
            });

            join.Add(Corp, Account() with { Sid = Sid, ProxyAddresses = ["smtp:ann@corp.example"] });
        }

        var evidence = join.EvidenceFor(Ann.Id);
        Assert.Equal(InventoryEvidence.Limit, evidence.AnchorHolders.Count);
        Assert.Equal(InventoryEvidence.Limit, evidence.Partners.Count);
        Assert.Equal(InventoryEvidence.Limit, evidence.DriftedAccounts.Count);
        Assert.Equal(InventoryEvidence.Limit, evidence.SecondaryAddressHolders.Count);
    }

    [Fact]
    public void EvidenceFor_TwoUsersWithTheSameValues_BothAreGivenTheAccount()
    {
        var twin = Ann with { Id = Guid.NewGuid() };
        var join = new InventoryJoin([Ann, twin]);
        join.Add(Corp, Account() with { ObjectGuid = Anchor });

        Assert.Single(join.EvidenceFor(Ann.Id).AnchorHolders);
        Assert.Single(join.EvidenceFor(twin.Id).AnchorHolders);
    }

    [Fact]
    public void EvidenceFor_UserGivenTwice_IsListedOnce()
    {
        var join = new InventoryJoin([Ann, Ann]);
        join.Add(Corp, Account() with { ObjectGuid = Anchor });

        Assert.Single(join.EvidenceFor(Ann.Id).AnchorHolders);
    }

    [Fact]
    public void EvidenceFor_UserAndAccountWithoutValues_DoNotMatchOnNothing()
    {
        var user = new CloudUser { Id = Guid.NewGuid(), UserPrincipalName = "", OnPremises = new() { SecurityIdentifier = "" } };

        AssertNothing(Join(user, Account() with { Sid = "", UserPrincipalName = "", Mail = "", CustomAnchor = "", ProxyAddresses = ["SMTP:", ""] }));
    }

    [Fact]
    public void EvidenceFor_UserOutsideTheJoin_Throws() =>
        Assert.Throws<ArgumentException>(() => new InventoryJoin([Ann]).EvidenceFor(Guid.NewGuid()));

    [Fact]
    public void Add_AccountsThatMatchNobody_AllocatesNothing()
    {
        var join = new InventoryJoin([Ann]);
        var account = Account() with
        {
            ConsistencyGuid = Guid.NewGuid(),
            CustomAnchor = "E1000",
            Sid = Sid + "5",
            UserPrincipalName = "bob@corp.example",
            ProxyAddresses = ["smtp:b@corp.example", "SMTP:bob@corp.example"],
        };
        join.Add(Corp, account);

        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < 10_000; i++)
        {
            join.Add(Corp, account);
        }

        // A byte an account would already be 10,000; the allowance is for the runtime compiling in the background.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 9_999);
    }

    private static void AssertAnchorHolder(DirectoryAccount account)
    {
        var evidence = Join(Ann, account);

        Assert.Equal(new(Corp, account), Assert.Single(evidence.AnchorHolders));
        Assert.Empty(evidence.DriftedAccounts);
        Assert.Empty(evidence.Partners);
        Assert.Empty(evidence.SecondaryAddressHolders);
    }
}
