using System.Globalization;
using Reanchor.Inventories;

namespace Reanchor.UnitTests.Inventories;

/// <summary>What is wrong with a list of accounts is named with its line.</summary>
public sealed class InventoryIntakeNdjsonFaultTests
{
    private const string Guid1 = "11111111-1111-4111-8111-111111111111";

    public static TheoryData<string, int?, string> BadAccounts => new()
    {
        { """{"objectGuid":"x"}""", 3, "objectGuid 'x' is not a GUID" },
        { """{"objectGuid":""}""", 3, "objectGuid '' is not a GUID" },
        { """{"objectGuid":null}""", 3, "objectGuid is empty" },
        { """{"objectGuid":"00000000-0000-0000-0000-000000000000"}""", 3, "is the empty GUID" },
        { """{"objectGuid":17}""", 3, "objectGuid must be text" },
        { """{"samAccountName":"carl"}""", 3, "objectGuid is missing" },
        { $$"""{"objectGuid":"{{Guid1}}","objectGuid":"{{Guid1}}"}""", 3, "objectGuid is given twice" },
        { """{"objectGuid":"6F9619FF-8B86-D011-B42D-00C04FC964FF"}""", 3, "is listed on line 2 already" },
        { $$"""{"objectGuid":"{{Guid1}}","consistencyguid":null}""", 3, "'consistencyguid' is not a property" },
        { $$"""{"objectGuid":"{{Guid1}}","consistencyGuid":"AAAA"}""", 3, "consistencyGuid 'AAAA' is neither" },
        { $$"""{"objectGuid":"{{Guid1}}","consistencyGuid":""}""", 3, "consistencyGuid '' is neither" },
        { $$"""{"objectGuid":"{{Guid1}}","consistencyGuid":"x4V0iaeB60KXxjftcwd7Hx=="}""", 3, "neither a GUID nor Base64" },
        { $$"""{"objectGuid":"{{Guid1}}","consistencyGuid":"6f9619ff8b86d011b42d00c04fc964ff"}""", 3, "may be a GUID or bytes" },
        { $$"""{"objectGuid":"{{Guid1}}","consistencyGuid":[1,2]}""", 3, "consistencyGuid must be text" },
        { $$"""{"objectGuid":"{{Guid1}}","mailboxGuid":"nope"}""", 3, "mailboxGuid 'nope'" },
        { $$"""{"objectGuid":"{{Guid1}}","sid":"S-1"}""", 3, "sid 'S-1' is not a SID" },
        { $$"""{"objectGuid":"{{Guid1}}","sid":"S-1-5-21-x"}""", 3, "is not a SID" },
        { $$"""{"objectGuid":"{{Guid1}}","enabled":"true"}""", 3, "enabled must be true or false" },
        { $$"""{"objectGuid":"{{Guid1}}","deleted":0}""", 3, "deleted must be true or false" },
        { "{\"objectGuid\":\"" + Guid1 + "\",\"mail\":{\"a\":[1]}}", 3, "mail must be text" },
        { $$"""{"objectGuid":"{{Guid1}}","mail":"\ud800"}""", 3, "mail is not valid UTF-8 text" },
        { $$"""{"objectGuid":"{{Guid1}}","proxyAddresses":"SMTP:a@b"}""", 3, "proxyAddresses must be a list" },
        { $$"""{"objectGuid":"{{Guid1}}","proxyAddresses":["SMTP:a@b",[1]]}""", 3, "proxyAddresses holds something" },
        { $$"""{"objectGuid":"{{Guid1}}","\ud800":1}""", 3, "half of a surrogate pair" },
        { "[]", 3, "an account is a JSON object" },
        { "null", 3, "an account is a JSON object" },
        { "", 3, "is empty" },
        { $$"""{"objectGuid":"{{Guid1}}",}""", 3, "is not valid JSON (column 54)" },
        { $$"""{"objectGuid":"{{Guid1}}"} {}""", 3, "is not valid JSON" },
        { $$"""{"objectGuid":"{{Guid1}}" """, 3, "is not valid JSON" },
        { "objectGuid,sid", 3, "is not valid JSON (column 1)" },
        { """{"kind":"group"}""", 3, "kind 'group' is neither" },
        { """{"kind":7}""", 3, "kind must be text" },
        { $$"""{"objectGuid":"{{Guid1}}","kind":"account"}""", 3, "kind 'account' is neither" },
        { Upload.Header, 3, "is a second header" },
    };

    [Theory]
    [MemberData(nameof(BadAccounts))]
    public async Task ReadNdjsonAsync_BadLine_IsNamed(string line, int? number, string message)
    {
        var (result, written) = await Upload.NdjsonAsync(
            Upload.Utf8(Upload.Header, Upload.Ann, line, """{"kind":"end","count":2}"""));

        Assert.Equal(InventoryRefusal.Invalid, result.Refusal);
        Assert.Equal(number, result.Problems[0].Line);
        Assert.Contains(message, result.Problems[0].Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidDataException>(() => Upload.AccountsAsync(written));
    }

    public static TheoryData<string, string> BadHeaders => new()
    {
        { Upload.Header.Replace("\"version\":1", "\"version\":2", StringComparison.Ordinal), "version must be 1" },
        { Upload.Header.Replace("\"version\":1", "\"version\":\"1\"", StringComparison.Ordinal), "version must be 1" },
        { Upload.Header.Replace("\"version\":1,", "", StringComparison.Ordinal), "version must be 1" },
        { Upload.Header.Replace("\"forest\":\"corp.example\",", "", StringComparison.Ordinal), "forest is missing" },
        { Upload.Header.Replace("corp.example", "corp example", StringComparison.Ordinal), "is not a DNS name" },
        { Upload.Header.Replace("\"takenAt\":\"2026-11-22T08:00:00Z\",", "", StringComparison.Ordinal), "takenAt must be" },
        { Upload.Header.Replace("08:00:00Z", "08:00:00", StringComparison.Ordinal), "takenAt must be" },
        { Upload.Header.Replace("2026-11-22T08:00:00Z", "22.11.2026 08:00", StringComparison.Ordinal), "takenAt must be" },
        { Upload.Header.Replace("2026-11-22T08", "2026-13-45T08", StringComparison.Ordinal), "takenAt must be" },
        { Upload.Header.Replace("08:00:00Z", "09:05:01Z", StringComparison.Ordinal), "is in the future" },
        { Upload.Header.Replace("08:00:00Z", "08:00:00-05:00", StringComparison.Ordinal), "is in the future" },
        { Upload.Header.Replace("\"ms-DS-ConsistencyGuid\"", "7", StringComparison.Ordinal), "anchorAttribute must be text" },
        { Upload.Header.Replace("forest", "forrest", StringComparison.Ordinal), "'forrest' is not a property" },
        { Upload.Header.Replace("{\"kind\"", "{\"kind\":\"inventory\",\"kind\"", StringComparison.Ordinal), "is not valid JSON" },
        { Upload.Header.Replace("inventory", "snapshot", StringComparison.Ordinal), "must come first" },
        { Upload.Ann, "must come first" },
        { Upload.End, "must come first" },
        { "[1]", "must come first" },
        { Upload.CsvHeader, "is not valid JSON (column 1)" },
        { "", "is not valid JSON" },
    };

    [Theory]
    [MemberData(nameof(BadHeaders))]
    public async Task ReadNdjsonAsync_BadHeader_IsNamed(string header, string message)
    {
        var (result, _) = await Upload.NdjsonAsync(Upload.Utf8(header, Upload.Ann, Upload.Bob, Upload.End));

        Assert.Equal(InventoryRefusal.Invalid, result.Refusal);
        Assert.Equal(1, result.Problems[0].Line);
        Assert.Contains(message, result.Problems[0].Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, string[], int?, string> BadEnds => new()
    {
        { "none", [], null, "is missing: the inventory was cut off" },
        { "low", ["""{"kind":"end","count":1}"""], 4, "counts 1 accounts, but 2 are listed" },
        { "high", ["""{"kind":"end","count":3}"""], 4, "counts 3 accounts, but 2 are listed" },
        { "no count", ["""{"kind":"end"}"""], 4, "count must be" },
        { "text count", ["""{"kind":"end","count":"2"}"""], 4, "count must be" },
        { "fraction", ["""{"kind":"end","count":2.5}"""], 4, "count must be" },
        { "negative", ["""{"kind":"end","count":-2}"""], 4, "count must be" },
        { "other property", ["""{"kind":"end","count":2,"forest":"x"}"""], 4, "'forest' is not a property of the end line" },
        { "text deletedRead", ["""{"kind":"end","count":2,"deletedRead":"no"}"""], 4, "deletedRead must be true or false" },
        { "account after", [Upload.End, Upload.Ann], 5, "follows the end line" },
        { "second end", [Upload.End, Upload.End], 5, "follows the end line" },
        { "junk after", [Upload.End, "", "x"], 6, "follows the end line" },
    };

    [Theory]
    [MemberData(nameof(BadEnds))]
    public async Task ReadNdjsonAsync_BadEnd_IsNamed(string name, string[] end, int? number, string message)
    {
        var (result, _) = await Upload.NdjsonAsync(Upload.Utf8([Upload.Header, Upload.Ann, Upload.Bob, .. end]));

        Assert.False(result.IsAccepted, name);
        var problem = Assert.Single(result.Problems);
        Assert.Equal(number, problem.Line);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadNdjsonAsync_NoAccounts_IsRefused()
    {
        var (result, _) = await Upload.NdjsonAsync(Upload.Utf8(Upload.Header, """{"kind":"end","count":0}"""));

        Assert.Contains("proves nothing", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReadNdjsonAsync_NothingAtAll_IsRefused(bool gzip)
    {
        var (result, _) = await Upload.NdjsonAsync([], gzip);

        Assert.Equal("The upload is empty.", Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public async Task ReadNdjsonAsync_SeveralBadLines_AreAllNamedInOrder()
    {
        var (result, _) = await Upload.NdjsonAsync(Upload.Utf8(
            Upload.Header,
            """{"objectGuid":"x","sid":"y"}""",
            Upload.Ann,
            "{",
            """{"kind":"end","count":3}"""));

        Assert.Equal(
            ["line 2: objectGuid 'x' is not a GUID in the form 00000000-0000-0000-0000-000000000000",
             "line 2: sid 'y' is not a SID in the form S-1-5-21-...",
             "line 4: is not valid JSON (column 2)"],
            result.Problems.Select(p => p.ToString()));
    }

    [Fact]
    public async Task ReadNdjsonAsync_VeryManyBadLines_StopsAtTheLimitAndSaysSo()
    {
        var lines = Enumerable.Range(0, 1000).Select(i => i.ToString(CultureInfo.InvariantCulture));

        var (result, _) = await Upload.NdjsonAsync(Upload.Utf8([Upload.Header, .. lines]));

        Assert.Equal(InventoryLimits.Default.MaxProblems + 1, result.Problems.Count);
        Assert.Equal("There may be more problems; reading stopped here.", result.Problems[^1].ToString());
    }

    [Fact]
    public async Task ReadNdjsonAsync_LongOrUnprintableValue_IsQuotedShortOnOneLine()
    {
        var bad = $$"""{"objectGuid":"\n\u202e{{new string('x', 500)}}"}""";

        var (result, _) = await Upload.NdjsonAsync(Upload.Utf8(Upload.Header, bad, """{"kind":"end","count":1}"""));

        var problem = Assert.Single(result.Problems);
        Assert.StartsWith("objectGuid '??xxx", problem.Message, StringComparison.Ordinal);
        Assert.True(problem.Message.Length < 150);
    }
}
