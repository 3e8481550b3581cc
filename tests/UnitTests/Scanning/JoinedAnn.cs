using Reanchor.Inventories;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Scanning;

/// <summary>A user joined with accounts of an inventory.</summary>
internal static class JoinedAnn
{
    public const string Sid = "S-1-5-21-1-2-3-1104";

    public static readonly CollectorId Corp = CollectorId.Parse("corp", null);
    public static readonly CollectorId Emea = CollectorId.Parse("emea", null);
    public static readonly Guid Anchor = Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff");

    public static readonly CloudUser Ann = new()
    {
        Id = Guid.Parse("aaaaaaaa-0000-4000-8000-000000000001"),
        UserPrincipalName = "ann@corp.example",
        Mail = "ann.mail@corp.example",
        ProxyAddresses = ["smtp:old@corp.example", "SMTP:ann.lee@corp.example"],
        Anchor = new("/xmWb4aLEdC0LQDAT8lk/w=="),
        OnPremises = new() { SecurityIdentifier = Sid, ObjectIdentifier = "897485c7-81a7-42eb-97c6-37ed73077b1f" },
    };

    public static InventoryEvidence Join(CloudUser user, DirectoryAccount account)
    {
        var join = new InventoryJoin([user]);
        join.Add(Corp, account);
        return join.EvidenceFor(user.Id);
    }

    public static DirectoryAccount Account() => new() { ObjectGuid = Guid.NewGuid() };

    public static void AssertNothing(InventoryEvidence evidence)
    {
        Assert.Empty(evidence.AnchorHolders);
        Assert.Empty(evidence.DriftedAccounts);
        Assert.Empty(evidence.Partners);
        Assert.Empty(evidence.SecondaryAddressHolders);
    }
}
