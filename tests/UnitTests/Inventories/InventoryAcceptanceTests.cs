using Reanchor.Contracts;
using Reanchor.Inventories;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Inventories;

public sealed class InventoryAcceptanceTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    private static readonly InventoryRecord InForce = new()
    {
        Tenant = new(Guid.Parse("11111111-1111-4111-8111-111111111111")),
        Collector = CollectorId.Parse("corp", null),
        Forest = "corp.example",
        TakenAt = Now.AddHours(-12),
        ReceivedAt = Now.AddHours(-12),
        Count = 1000,
        Version = "v1",
        UploadedBy = "collector corp",
    };

    private static readonly InventoryHeader Header = new("corp.example", Now.AddHours(-1), null);

    [Fact]
    public void FindReasonsToRefuse_FirstInventory_None() => Assert.Empty(Find(null, Header, 1));

    [Fact]
    public void FindReasonsToRefuse_NewerSameForestSameSize_None() =>
        Assert.Empty(Find(InForce, Header with { Forest = "CORP.example" }, 1000));

    [Theory]
    [InlineData(10, 900, true)]
    [InlineData(10, 899, false)]
    [InlineData(10, 5000, true)]
    [InlineData(0, 1000, true)]
    [InlineData(0, 999, false)]
    [InlineData(100, 1, true)]
    public void FindReasonsToRefuse_Shrunk_UpToThePercentageAllowed(int percent, int count, bool accepted)
    {
        var reasons = Find(InForce, Header, count, new TenantPolicy { InventoryMaxShrinkPercent = percent });

        Assert.Equal(accepted, reasons.Count == 0);
    }

    [Fact]
    public void FindReasonsToRefuse_JustOverTheShrinkLimit_NeverShowsTheLimitItself()
    {
        var reason = Assert.Single(Find(InForce with { Count = 1_000_000 }, Header, 899_999));

        Assert.StartsWith(
            "It lists 899999 accounts outside the recycle bin, 10.1 % fewer than the 1000000 of the one in force; this tenant allows 10 %.",
            reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void FindReasonsToRefuse_HugeInventories_DoNotOverflow() =>
        Assert.Single(Find(InForce with { Count = int.MaxValue }, Header, 1));

    /// <summary>A reader that lost every OU, and sees the recycle bin still.</summary>
    [Fact]
    public void FindReasonsToRefuse_LiveAccountsGoneAndDeletedOnesInTheirPlace_NamesBothNumbers()
    {
        var reason = Assert.Single(Find(InForce with { Deleted = 100 }, Read(new(Live: 500, Deleted: 500, Anchored: 0))));

        Assert.StartsWith("It lists 500 accounts outside the recycle bin, 44.5 % fewer than the 900", reason, StringComparison.Ordinal);
    }

    /// <summary>Accounts leave the recycle bin by themselves, so a small one may empty; a large part of everything may not go at once.</summary>
    [Theory]
    [InlineData(100, 0, true, true, true)]
    [InlineData(101, 0, true, true, false)]
    [InlineData(101, 1, true, true, true)]
    [InlineData(500, 0, true, false, true)]
    [InlineData(500, 0, null, true, true)] // the one before may have seen more or fewer
    public void FindReasonsToRefuse_DeletedAccountsFewer_CountsWhenBothSayThatTheyReadThem(
        int before, int after, bool? readBefore, bool? readNow, bool accepted)
    {
        var reasons = Find(
            InForce with { Deleted = before, DeletedRead = readBefore }, Read(new(1000 - before, after, Anchored: 0), deletedRead: readNow));

        Assert.Equal(accepted, reasons.Count == 0);
        Assert.All(reasons, r => Assert.StartsWith("It lists 0 accounts in the recycle bin, 100 % fewer than the 101", r, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("consistencyGuid", null, 900, true)]
    [InlineData("consistencyGuid", null, 899, false)]
    [InlineData("consistencyGuid", "ms-DS-ConsistencyGuid", 0, false)]
    [InlineData("objectGuid", null, 0, true)] // no anchor is made from it
    [InlineData("employeeID", "employeeID", 0, false)]
    [InlineData("employeeID", "extensionAttribute1", 0, true)] // the one before was read for another attribute
    public void FindReasonsToRefuse_AnchorsFewer_CountsWhereTheyAreMadeFromTheAttribute(
        string tenants, string? readBefore, int after, bool accepted)
    {
        var stated = tenants == "employeeID" ? tenants : null;

        var reasons = Find(
            InForce with { AnchorAttribute = readBefore, Anchored = 1000 },
            Read(new(Live: 1000, Deleted: 0, after), Header with { AnchorAttribute = stated }),
            anchor: tenants);

        Assert.Equal(accepted, reasons.Count == 0);
        Assert.All(reasons, r => Assert.StartsWith($"It lists {after} accounts with a value in ", r, StringComparison.Ordinal));
    }

    [Fact]
    public void FindReasonsToRefuse_OneBeforeWasNotCountedSo_ComparesWithAllOfIt()
    {
        var read = Read(new(Live: 899, Deleted: 500, Anchored: 0), deletedRead: true);

        Assert.StartsWith(
            "It lists 899 accounts outside the recycle bin, 10.1 % fewer than the 1000",
            Assert.Single(Find(InForce with { DeletedRead = true }, read)),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-60)]
    public void FindReasonsToRefuse_NotLaterThanTheOneInForce_SaysBothTimes(int minutes)
    {
        var reason = Assert.Single(Find(InForce, Header with { TakenAt = InForce.TakenAt.AddMinutes(minutes) }, 1000));

        Assert.Contains("not later than the one in force, 2026-11-21T21:00:00Z", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(24, 0, true)]
    [InlineData(24, 1, false)]
    public void FindReasonsToRefuse_Age_UpToTheLimit(int hours, int seconds, bool accepted)
    {
        var reasons = Find(null, Header with { TakenAt = Now.AddHours(-hours).AddSeconds(-seconds) }, 1);

        Assert.Equal(accepted, reasons.Count == 0);
    }

    [Fact]
    public void FindReasonsToRefuse_EveryRuleBroken_NamesEachOne()
    {
        var reasons = Find(InForce, new("other.example", Now.AddHours(-31), "employeeID"), 10);

        Assert.Collection(
            reasons,
            r => Assert.StartsWith("It is 31 hours old; this tenant allows 24.", r, StringComparison.Ordinal),
            r => Assert.StartsWith("It was read for the anchor attribute employeeID", r, StringComparison.Ordinal),
            r => Assert.StartsWith("It was taken at 2026-11-21T02:00:00Z", r, StringComparison.Ordinal),
            r => Assert.StartsWith("Collector corp has sent the forest corp.example so far, and this is other.example.", r, StringComparison.Ordinal),
            r => Assert.StartsWith("It lists 10 accounts outside the recycle bin, 99 % fewer", r, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("employeeID", "employeeID", null)]
    [InlineData("employeeID", "EMPLOYEEID", null)]
    [InlineData("consistencyGuid", "ms-DS-ConsistencyGuid", null)]
    [InlineData("consistencyGuid", "mS-DS-ConsistencyGuid", null)]
    [InlineData("objectGuid", "objectGUID", null)]
    [InlineData("consistencyGuid", null, null)] // every inventory lists both GUIDs
    [InlineData("objectGuid", null, null)]
    [InlineData("employeeID", null, "It does not name the attribute that it was read for, and this tenant's anchors are made from employeeID. Set ")]
    [InlineData("employeeID", "extensionAttribute1", "It was read for the anchor attribute extensionAttribute1, and this tenant's is employeeID. Set ")]
    [InlineData("employeeID", "ms-DS-ConsistencyGuid", "It was read for the anchor attribute ms-DS-ConsistencyGuid, and this tenant's is employeeID. Set ")]
    [InlineData("consistencyGuid", "employeeID", "It was read for the anchor attribute employeeID, and this tenant's is mS-DS-ConsistencyGuid. Set ")]
    [InlineData("consistencyGuid", "objectGUID", "It was read for the anchor attribute objectGUID, and this tenant's is mS-DS-ConsistencyGuid. Set ")]
    public void FindReasonsToRefuse_AnchorAttribute_MustBeTheTenants(string tenants, string? stated, string? reason)
    {
        var reasons = Find(null, Header with { AnchorAttribute = stated }, 1, anchor: tenants);

        Assert.Equal(reason is null ? 0 : 1, reasons.Count);
        Assert.All(reasons, r => Assert.StartsWith(reason!, r, StringComparison.Ordinal));
    }

    private static InventoryIntakeResult Read(InventoryTally tally, InventoryHeader? header = null, bool? deletedRead = null) =>
        InventoryIntakeResult.Accepted(header ?? Header, new(tally.Live + tally.Deleted, deletedRead), tally, "v2");

    private static IReadOnlyList<string> Find(
        InventoryRecord? inForce, InventoryHeader header, int count, TenantPolicy? policy = null, string anchor = "consistencyGuid") =>
        Find(inForce, Read(new(count, Deleted: 0, Anchored: 0), header), policy, anchor);

    private static IReadOnlyList<string> Find(
        InventoryRecord? inForce, InventoryIntakeResult read, TenantPolicy? policy = null, string anchor = "consistencyGuid") =>
        InventoryAcceptance.FindReasonsToRefuse(
            Samples.NewTenant() with { Policy = policy ?? TenantPolicy.Default, AnchorAttribute = AnchorAttribute.Parse(anchor, null) },
            inForce,
            read,
            Now);
}
