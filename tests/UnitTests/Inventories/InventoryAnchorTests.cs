using Reanchor.Inventories;
using Reanchor.Tenants;

namespace Reanchor.UnitTests.Inventories;

/// <summary>Within one forest an anchor belongs to one live account.</summary>
public sealed class InventoryAnchorTests
{
    private const string Shared = "e2578517-1d3c-4a6f-9f2b-0c5d1e2f3a4b";

    [Theory]
    [InlineData("consistencyGuid", false)]
    [InlineData("objectGuid", true)] // not what this tenant's anchors are made of
    [InlineData("employeeID", true)]
    public async Task ReadNdjsonAsync_SameConsistencyGuid_IsRefusedWhereItIsTheAnchor(string anchor, bool accepted)
    {
        var same = $"\"consistencyGuid\":\"{Shared}\"";

        var result = await ReadAsync(anchor, $"{same},\"customAnchor\":\"1\"", $"{same},\"customAnchor\":\"2\"");

        AssertOutcome(result, accepted, $"line 3: consistencyGuid '{Shared}' is that of line 2 already");
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

        AssertOutcome(result, accepted, "No account has a customAnchor, and this tenant's anchors are made from employeeID.");
    }

    [Fact]
    public async Task ReadNdjsonAsync_HolderInTheRecycleBin_IsAccepted()
    {
        var result = await ReadAsync(
            "consistencyGuid", $"\"consistencyGuid\":\"{Shared}\",\"deleted\":true", $"\"consistencyGuid\":\"{Shared}\"");

        AssertOutcome(result, true, "");
    }

    /// <summary>An account that moved between domains keeps the anchor made of its first objectGUID.</summary>
    [Fact]
    public async Task ReadNdjsonAsync_ObjectGuidOfAnotherAsConsistencyGuid_IsAccepted()
    {
        var result = await ReadAsync("consistencyGuid", "\"enabled\":true", $"\"consistencyGuid\":\"{Id(1)}\"");

        AssertOutcome(result, true, "");
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
