using Reanchor.Inventories;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Inventories;

public sealed class InventoryCoverageTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private static readonly CollectorId Corp = CollectorId.Parse("corp", null);
    private static readonly CollectorId Emea = CollectorId.Parse("emea", null);

    private static readonly Tenant Tenant = new()
    {
        Id = new(Guid.Parse("11111111-1111-4111-8111-111111111111")),
        DisplayName = "Contoso",
        Collectors = [Corp, Emea],
        ChangedAt = Now,
    };

    [Fact]
    public void Of_EveryCollectorFresh_IsCompleteWithTheirVersions()
    {
        var coverage = InventoryCoverage.Of(Tenant, [Record(Corp, 1), Record(Emea, 24)], Now);

        Assert.True(coverage.IsComplete);
        Assert.Equal(["corp-1", "emea-24"], coverage.InForce.Select(r => r.Version));
    }

    [Fact]
    public void Of_OneMissing_SaysWhich()
    {
        var coverage = InventoryCoverage.Of(Tenant, [Record(Emea, 1)], Now);

        Assert.Equal("No inventory from collector corp: its forest is missing.", Assert.Single(coverage.Gaps));
    }

    [Fact]
    public void Of_OneMissingAndOneOld_NamesBoth()
    {
        var coverage = InventoryCoverage.Of(Tenant, [Record(Emea, 30.2)], Now);

        Assert.False(coverage.IsComplete);
        Assert.Empty(coverage.InForce);
        Assert.Equal(
            ["No inventory from collector corp: its forest is missing.", "The inventory of emea, forest emea.example, is 31 hours old; this tenant allows 24."],
            coverage.Gaps);
    }

    [Fact]
    public void Of_JustOverTheLimit_NeverShowsTheLimitItself()
    {
        var coverage = InventoryCoverage.Of(Tenant, [Record(Corp, 1), Record(Emea, 24.001)], Now);

        Assert.Equal("The inventory of emea, forest emea.example, is 25 hours old; this tenant allows 24.", Assert.Single(coverage.Gaps));
    }

    [Fact]
    public void Of_NoCollectorExpected_IsNotCovered()
    {
        var coverage = InventoryCoverage.Of(Tenant with { Collectors = [] }, [Record(Corp, 1)], Now);

        Assert.StartsWith("No collector is expected: register", Assert.Single(coverage.Gaps), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_InventoryOfAnotherCollector_CoversNothing()
    {
        var coverage = InventoryCoverage.Of(Tenant with { Collectors = [Emea] }, [Record(Corp, 1)], Now);

        Assert.Equal("No inventory from collector emea: its forest is missing.", Assert.Single(coverage.Gaps));
    }

    [Fact]
    public void Of_TwoCollectorsOfOneForest_SaysThatAnotherMayBeMissing()
    {
        var coverage = InventoryCoverage.Of(Tenant, [Record(Corp, 1), Record(Emea, 1) with { Forest = "CORP.example" }], Now);

        Assert.Contains("corp and emea sent the same forest", Assert.Single(coverage.Gaps), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_DeletedAccountsNotRead_LeavesADoubtThatNamesTheForest()
    {
        var coverage = InventoryCoverage.Of(
            Tenant, [Record(Corp, 1) with { DeletedRead = false }, Record(Emea, 1) with { DeletedRead = null }], Now);

        Assert.True(coverage.IsComplete);
        Assert.Equal(
            [
                "Deleted accounts of the forest corp.example could not be read: one that could be restored may hold this anchor.",
                "The inventory of the forest emea.example does not say whether deleted accounts were read: one that could be restored may hold this anchor.",
            ],
            coverage.Doubts);
    }

    [Theory]
    [InlineData("extensionAttribute1", "was read for the anchor attribute extensionAttribute1, and the tenant's is employeeID now")]
    [InlineData(null, "was read for no named anchor attribute, and the tenant's is employeeID now")]
    [InlineData("EmployeeId", null)]
    public void Of_AnchorAttributeChangedSince_IsAGap(string? readFor, string? gap)
    {
        var tenant = Tenant with { Collectors = [Corp], AnchorAttribute = AnchorAttribute.Parse("employeeID", null) };

        var coverage = InventoryCoverage.Of(tenant, [Record(Corp, 1) with { AnchorAttribute = readFor }], Now);

        Assert.Equal(gap is null, coverage.IsComplete);
        Assert.Equal(gap is null ? 1 : 0, coverage.InForce.Count);
        Assert.All(coverage.Gaps, g => Assert.Contains(gap!, g, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("consistencyGuid", 0, 1)]
    [InlineData("consistencyGuid", 1, 0)]
    [InlineData("consistencyGuid", null, 0)] // received before they were counted
    [InlineData("objectGuid", 0, 0)]
    public void Of_NoConsistencyGuidAtAll_LeavesADoubtWhereItIsTheAnchor(string attribute, int? anchored, int doubts)
    {
        var tenant = Tenant with { Collectors = [Corp], AnchorAttribute = AnchorAttribute.Parse(attribute, null) };

        var coverage = InventoryCoverage.Of(tenant, [Record(Corp, 1) with { Anchored = anchored }], Now);

        Assert.True(coverage.IsComplete);
        Assert.Equal(doubts, coverage.Doubts.Count);
        Assert.All(coverage.Doubts, d => Assert.StartsWith(
            "No account in the inventory of the forest corp.example has an mS-DS-ConsistencyGuid", d, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData("corp.example", false)]
    [InlineData("CORP.example", false)]
    [InlineData("eu.sales.emea.example", false)]
    [InlineData("example", true)]
    [InlineData("oldcorp.example", true)]
    [InlineData("old.example", true)]
    public void DoubtsAbout_DomainOfNoForestThatWasRead_NamesIt(string? domain, bool doubted)
    {
        var doubts = InventoryCoverage.Of(Tenant, [Record(Corp, 1), Record(Emea, 1)], Now).DoubtsAbout(domain);

        Assert.Equal(doubted ? 1 : 0, doubts.Count);
        Assert.All(doubts, d => Assert.StartsWith(
            $"The user was last synced from {domain}, and no inventory of a forest of that name was read", d, StringComparison.Ordinal));
    }

    [Fact]
    public void Of_DeletedAccountsRead_LeavesNoDoubt() =>
        Assert.Empty(InventoryCoverage.Of(Tenant, [Record(Corp, 1), Record(Emea, 1)], Now).Doubts);

    private static InventoryRecord Record(CollectorId collector, double hours) => new()
    {
        Tenant = Tenant.Id,
        Collector = collector,
        Forest = $"{collector}.example",
        TakenAt = Now.AddHours(-hours),
        ReceivedAt = Now,
        Count = 10,
        DeletedRead = true,
        Version = FormattableString.Invariant($"{collector}-{hours}"),
        UploadedBy = "test",
    };
}
