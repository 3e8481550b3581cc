using Reanchor.Inventories;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Inventories;

/// <summary>Within one forest an anchor belongs to one live account.</summary>
public sealed class InventoryAnchorTests
{
    private const string RepeatedAnchor =
        "line 3: the anchor (mS-DS-ConsistencyGuid, or objectGUID where that is empty) is that of line 2 already";

    private const string Shared = "e2578517-1d3c-4a6f-9f2b-0c5d1e2f3a4b";

    [Theory]
    [InlineData("consistencyGuid", false)]
    [InlineData("objectGuid", true)] // not what this tenant's anchors are made of
    [InlineData("employeeID", true)]
    public async Task ReadNdjsonAsync_SameConsistencyGuid_IsRefusedWhereItIsTheAnchor(string anchor, bool accepted)
    {
        var same = $"\"consistencyGuid\":\"{Shared}\"";

        var result = await ReadAsync(anchor, $"{same},\"customAnchor\":\"1\"", $"{same},\"customAnchor\":\"2\"");

        AssertOutcome(result, accepted, RepeatedAnchor);
    }

    [Theory]
    [InlineData("employeeID", "E1001", "E1001", false)]
    [InlineData("employeeID", "E1001", "e1001", true)] // anchors are compared ordinally
    [InlineData("consistencyGuid", "E1001", "E1001", true)]
    public async Task ReadNdjsonAsync_SameCustomAnchor_IsRefusedWhereItIsTheAnchor(
        string anchor, string first, string second, bool accepted)
    {
        var result = await ReadAsync(anchor, $"\"customAnchor\":\"{first}\"", $"\"customAnchor\":\"{second}\"");

        AssertOutcome(result, accepted, "line 3: customAnchor is that of line 2 already");
    }

    [Theory]
    [InlineData("employeeID", false)]
    [InlineData("consistencyGuid", true)]
    public async Task ReadNdjsonAsync_NoCustomAnchorAtAll_IsRefusedWhereItIsTheAnchor(string anchor, bool accepted)
    {
        var result = await ReadAsync(anchor, "\"enabled\":true", "\"enabled\":true");

        AssertOutcome(result, accepted, "No live account has a customAnchor, and this tenant's anchors are made from employeeID.");
    }

    [Fact]
    public async Task ReadNdjsonAsync_HolderInTheRecycleBin_IsAccepted()
    {
        var result = await ReadAsync(
            "consistencyGuid", $"\"consistencyGuid\":\"{Shared}\",\"deleted\":true", $"\"consistencyGuid\":\"{Shared}\"");

        AssertOutcome(result, true, "");
    }

    /// <summary>Sync makes the anchor from objectGUID where mS-DS-ConsistencyGuid is empty, so both accounts have one and the same.</summary>
    [Theory]
    [InlineData("\"enabled\":true", false)]
    [InlineData("\"consistencyGuid\":\"" + Shared + "\"", true)] // has an anchor of its own
    [InlineData("\"oddConsistencyGuid\":\"AQID\"", true)]
    [InlineData("\"deleted\":true", true)]
    public async Task ReadNdjsonAsync_ObjectGuidOfAnotherAsConsistencyGuid_IsRefusedWhereThatOneHasNoOther(string first, bool accepted)
    {
        var result = await ReadAsync("consistencyGuid", first, $"\"consistencyGuid\":\"{Id(1)}\"");

        AssertOutcome(result, accepted, RepeatedAnchor);
    }

    [Theory]
    [InlineData("consistencyGuid", "AQID", false)]
    [InlineData("consistencyGuid", "AQIE", true)]
    [InlineData("objectGuid", "AQID", true)]
    public async Task ReadNdjsonAsync_SameOddConsistencyGuid_IsRefusedWhereItIsTheAnchor(string anchor, string second, bool accepted)
    {
        var result = await ReadAsync(anchor, "\"oddConsistencyGuid\":\"AQID\"", $"\"oddConsistencyGuid\":\"{second}\"");

        AssertOutcome(result, accepted, RepeatedAnchor);
    }

    [Theory]
    [InlineData("consistencyGuid", 2)]
    [InlineData("objectGuid", 2)]
    [InlineData("employeeID", 1)]
    public async Task ReadNdjsonAsync_Accepted_CountsLiveAccountsWithAnAnchor(string anchor, int anchored)
    {
        var result = await ReadAsync(
            anchor,
            $"\"consistencyGuid\":\"{Shared}\",\"customAnchor\":\"1\"",
            "\"oddConsistencyGuid\":\"AQID\"",
            "\"enabled\":true",
            $"\"consistencyGuid\":\"{Id(9)}\",\"customAnchor\":\"2\",\"deleted\":true");

        Assert.Equal(new(Live: 3, Deleted: 1, anchored), result.Tally);
    }

    /// <summary>Its own problem is enough: it does not make the inventory look smaller as well.</summary>
    [Fact]
    public async Task ReadNdjsonAsync_LineNotUnderstood_CountsAsALiveAccountWithAnAnchor()
    {
        var result = await ReadAsync("consistencyGuid", $"\"consistencyGuid\":\"{Shared}\"", "\"colour\":\"red\"", "\"deleted\":true");

        Assert.False(result.IsAccepted);
        Assert.Equal(new(Live: 2, Deleted: 1, Anchored: 2), result.Tally);
    }

    private static async Task<InventoryIntakeResult> ReadAsync(string anchor, params string[] properties)
    {
        var accounts = properties.Select((p, i) => $"{{\"objectGuid\":\"{Id(i + 1)}\",{p}}}");
        var upload = Upload.Utf8([Upload.Header, .. accounts, $"{{\"kind\":\"end\",\"count\":{properties.Length}}}"]);
        return (await Upload.NdjsonAsync(new MemoryStream(upload), anchor: AnchorAttribute.Parse(anchor, null))).Result;
    }

    private static void AssertOutcome(InventoryIntakeResult result, bool accepted, string problem)
    {
        Assert.Equal(accepted, result.IsAccepted);
        Assert.All(result.Problems, p => Assert.StartsWith(problem, p.ToString(), StringComparison.Ordinal));
    }

    private static Guid Id(int number) => new(number, 7, 7, new byte[8]);
}
