using System.Text;
using Reanchor.Inventories;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Inventories;

public sealed class InventoryIntakeCsvTests
{
    private const string Guid1 = "11111111-1111-4111-8111-111111111111";

    [Fact]
    public async Task ReadCsvAsync_ExportOfAdUsers_GivesTheSameAccountsAsNdjson()
    {
        // Neither lists mailboxes: "has none" would be another account.
        var ndjson = Upload.Ann.Replace("\"deleted\":false,\"mailboxGuid\":null", "\"deleted\":false", StringComparison.Ordinal);
        var header = Upload.Header.Replace(",\"anchorAttribute\":\"ms-DS-ConsistencyGuid\"", "", StringComparison.Ordinal);
        var (expected, _) = await Upload.NdjsonAsync(Upload.Utf8(header, ndjson, """{"kind":"end","count":1}"""));

        var (result, _) = await Upload.CsvAsync(Upload.Utf8(Upload.CsvHeader, Upload.CsvAnn), 1);

        Assert.True(result.IsAccepted, string.Join('\n', result.Problems));
        Assert.Equal(Upload.CsvSender, result.Header);
        Assert.Equal(expected.Version, result.Version);
    }

    [Theory]
    [InlineData("", "", false)]
    [InlineData(",mailboxGuid", ",", true)]
    public async Task ReadCsvAsync_NoMailboxOfAnAccount_IsKnownOnlyWhereTheColumnIsThere(string column, string value, bool listed)
    {
        var (_, written) = await Upload.CsvAsync(Upload.Utf8(Upload.CsvHeader + column, Upload.CsvAnn + value), 1);

        var account = Assert.Single(await Upload.AccountsAsync(written));
        Assert.Null(account.MailboxGuid);
        Assert.Equal(listed, account.MailboxListed);
    }

    /// <summary>Active Directory takes any bytes, and the recipe of the README writes them as Base64.</summary>
    [Theory]
    [InlineData("AQID")]
    [InlineData("/xmWb4aLEdC0LQDAT8lk/wE=")]
    public async Task ReadCsvAsync_ConsistencyGuidOfOtherLength_IsAnOddOne(string base64)
    {
        var row = Upload.CsvAnn.Replace("e2578517-1d3c-4a6f-9f2b-0c5d1e2f3a4b", base64, StringComparison.Ordinal);

        var (result, written) = await Upload.CsvAsync(Upload.Utf8(Upload.CsvHeader, row), 1);

        Assert.True(result.IsAccepted, string.Join('\n', result.Problems));
        var account = Assert.Single(await Upload.AccountsAsync(written));
        Assert.Equal((null, base64), (account.ConsistencyGuid, account.OddConsistencyGuid));
    }

    /// <summary>What Get-ADUser without -Properties writes: every column is there, and the ones not asked for are empty.</summary>
    [Theory]
    [InlineData("consistencyGuid", null, false)]
    [InlineData("consistencyGuid", "mS-DS-ConsistencyGuid", true)]
    [InlineData("objectGuid", null, true)]
    public async Task ReadCsvAsync_NoConsistencyGuidAtAll_IsRefusedUntilTheSenderSaysThatItWasRead(
        string anchor, string? stated, bool accepted)
    {
        var rows = Upload.Utf8(Upload.CsvHeader, $"{Guid1},,S-1-5-21-1-2-3-1104,ann@corp.example,,,ann,True");

        var (result, _) = await Upload.CsvAsync(
            rows, 1, sender: Upload.CsvSender with { AnchorAttribute = stated }, anchor: AnchorAttribute.Parse(anchor, null));

        Assert.Equal(accepted, result.IsAccepted);
        Assert.All(result.Problems, p => Assert.StartsWith("No live account has an mS-DS-ConsistencyGuid", p.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReadCsvAsync_AsPowerShellWritesIt_IsRead()
    {
        // -Encoding UTF8 of Windows PowerShell 5.1: a mark, the type line, every value quoted, CRLF.
        var text = "\uFEFF#TYPE Selected.Microsoft.ActiveDirectory.Management.ADUser\r\n"
            + "\"DistinguishedName\",\"Enabled\",\"SamAccountName\",\"proxyaddresses\",\"MAIL\",\"UserPrincipalName\",\"sid\",\"ms-ds-consistencyguid\",\"ObjectGuid\"\r\n"
            + $"\"CN=Ann \"\"A\"\" Lee,DC=corp\",\"False\",\"ann\",\"SMTP:ann@corp.example;X500:/o=Corp;smtp:a.lee@corp.example\",\"\",\"ann@corp.example\",\"S-1-5-21-1-2-3-1104\",\"/xmWb4aLEdC0LQDAT8lk/w==\",\"{Guid1}\"\r\n";

        var (result, written) = await Upload.CsvAsync(Encoding.UTF8.GetBytes(text), 1);

        Assert.True(result.IsAccepted, string.Join('\n', result.Problems));
        var account = Assert.Single(await Upload.AccountsAsync(written));
        Assert.Equal(Guid.Parse(Guid1), account.ObjectGuid);
        Assert.Equal(Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), account.ConsistencyGuid);
        Assert.Equal(["SMTP:ann@corp.example", "X500:/o=Corp", "smtp:a.lee@corp.example"], account.ProxyAddresses);
        Assert.Equal("CN=Ann \"A\" Lee,DC=corp", account.DistinguishedName);
        Assert.Null(account.Mail);
        Assert.False(account.Enabled);
        Assert.False(account.Deleted);
    }

    [Fact]
    public async Task ReadCsvAsync_SemicolonsAndOptionalColumns_AreRead()
    {
        var (result, written) = await Upload.CsvAsync(
            Upload.Utf8(
                Upload.CsvHeader.Replace(',', ';') + ";Deleted;CustomAnchor;MailboxGuid;OddConsistencyGuid",
                $"{Guid1};;;;;\"SMTP:a@corp.example;smtp:b@corp.example\";a;;true; 0042 ;{{{Guid1}}};AQID"),
            1,
            anchor: AnchorAttribute.ObjectGuid);

        Assert.True(result.IsAccepted, string.Join('\n', result.Problems));
        var account = Assert.Single(await Upload.AccountsAsync(written));
        Assert.Equal(2, account.ProxyAddresses.Count);
        Assert.True(account.Deleted);
        Assert.Null(account.Enabled);
        Assert.Equal(" 0042 ", account.CustomAnchor);
        Assert.Equal("AQID", account.OddConsistencyGuid);
        Assert.Equal(Guid.Parse(Guid1), account.MailboxGuid);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReadCsvAsync_Compressed_IsReadWhetherTheSenderSaysSoOrNot(bool saysSo)
    {
        var (result, _) = await Upload.CsvAsync(Upload.Gzip(Upload.Utf8(Upload.CsvHeader, Upload.CsvAnn)), 1, saysSo);

        Assert.True(result.IsAccepted);
    }

    public static TheoryData<string, string> BadRows => new()
    {
        { "x,,,,,,a,", "ObjectGUID 'x' is not a GUID" },
        { ",,,,,,a,", "ObjectGUID is empty" },
        { "/xmWb4aLEdC0LQDAT8lk/w==,,,,,,a,", "ObjectGUID '/xmWb4aLEdC0LQDAT8lk/w==' is not a GUID" },
        { "System.Byte[],,,,,,a,", "ObjectGUID is 'System.Byte[]'" },
        { "6f9619ff-8b86-d011-b42d-00c04fc964ff,,S-1-5-21-1-2-3-1105,,,,a,True", "is listed on line 2 already" },
        { $"{Guid1},System.Byte[],,,,,a,", "[Convert]::ToBase64String($_.'mS-DS-ConsistencyGuid')" },
        { $"{Guid1},A,,,,,a,", "mS-DS-ConsistencyGuid 'A' is neither" },
        { $"{Guid1},AAAA,,,,,a,", "mS-DS-ConsistencyGuid 'AAAA' is neither" }, // hex or Base64
        { $"{Guid1},0123456789abcdef0123456789abcdef01234567,,,,,a,", "' is neither" },
        { $"{Guid1},,,,,,a,True", "SID: empty" },
        { $"{Guid1},,S-1-5-21-1-2-3-1105,,,,,True", "SamAccountName: empty" },
        { $"{Guid1},,S-1-5-21-1-2-3-1105,,,,a,", "Enabled: empty" },
        { $"{Guid1},,,,,,,", "SID, SamAccountName, Enabled: empty, and no live account is without" },
        { $"{Guid1},,S-2,,,,a,", "SID 'S-2' is not a SID" },
        { $"{Guid1},,,,,Microsoft.ActiveDirectory.Management.ADPropertyValueCollection,a,", "$_.proxyAddresses -join ';'" },
        { $"{Guid1},,,,,System.String[],a,", "$_.proxyAddresses -join ';'" },
        { $"{Guid1},,,,,,a,Yes", "Enabled 'Yes' is neither True nor False" },
        { $"{Guid1},,,,,,a", "has 7 values for 8 columns" },
        { $"{Guid1},,,,,,a,,", "has 9 values for 8 columns" },
        { $"{Guid1},,,a\"b,,,a,", "a quotation mark stands inside" },
        { $"{Guid1},,,\"ab\"c,,,a,", "text follows a closing quotation mark" },
        { $"{Guid1},,,,,,\"a,", "opened and never closed" },
    };

    [Theory]
    [MemberData(nameof(BadRows))]
    public async Task ReadCsvAsync_BadRow_IsNamed(string row, string message)
    {
        var (result, written) = await Upload.CsvAsync(Upload.Utf8(Upload.CsvHeader, Upload.CsvAnn, row), 2);

        Assert.Equal(InventoryRefusal.Invalid, result.Refusal);
        Assert.Contains(result.Problems, p => p.Line == 3 && p.Message.Contains(message, StringComparison.Ordinal));
        await Assert.ThrowsAsync<InvalidDataException>(() => Upload.AccountsAsync(written));
    }

    [Fact]
    public async Task ReadCsvAsync_BlankLinesAndLineBreaksInValues_AreCountedAsLines()
    {
        var (result, _) = await Upload.CsvAsync(
            Upload.Utf8("#TYPE x", Upload.CsvHeader, "", $"{Guid1},,S-1-5-21-1-2-3-1105,,\"a\nb\",,a,True", "x,,,,\"a\nb\",,a,", "y,,,,,,a,"), 3);

        Assert.Equal([6, 8], result.Problems.Select(p => p.Line));
    }

    [Theory]
    [InlineData("ObjectGUID")]
    [InlineData("mS-DS-ConsistencyGuid")]
    [InlineData("SID")]
    [InlineData("UserPrincipalName")]
    [InlineData("mail")]
    [InlineData("proxyAddresses")]
    [InlineData("SamAccountName")]
    [InlineData("Enabled")]
    public async Task ReadCsvAsync_ColumnMissing_IsNamed(string column)
    {
        var header = string.Join(',', Upload.CsvHeader.Split(',').Except([column]));

        var (result, _) = await Upload.CsvAsync(Upload.Utf8(header, Upload.CsvAnn), 1);

        Assert.Equal($"line 1: the column {column} is missing", Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public async Task ReadCsvAsync_ColumnTwice_IsNamed()
    {
        var (result, _) = await Upload.CsvAsync(Upload.Utf8(Upload.CsvHeader + ",objectguid", Upload.CsvAnn + ","), 1);

        Assert.Equal("line 1: the column ObjectGUID is there twice", Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public async Task ReadCsvAsync_NotACsvAtAll_NamesEveryMissingColumn()
    {
        var (result, _) = await Upload.CsvAsync(Upload.Good(), 2);

        Assert.Equal(8, result.Problems.Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public async Task ReadCsvAsync_OtherCountThanAnnounced_IsRefused(int announced)
    {
        var (result, _) = await Upload.CsvAsync(Upload.Utf8(Upload.CsvHeader, Upload.CsvAnn), announced);

        Assert.Equal($"{announced} accounts were announced, but 1 are listed.", Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public async Task ReadCsvAsync_NoRows_IsRefused()
    {
        var (result, _) = await Upload.CsvAsync(Upload.Utf8(Upload.CsvHeader), 0);

        Assert.Contains("proves nothing", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadCsvAsync_NothingAtAll_IsRefused()
    {
        var (result, _) = await Upload.CsvAsync([], 0);

        Assert.Equal("The upload is empty.", Assert.Single(result.Problems).ToString());
    }

    [Fact]
    public async Task ReadCsvAsync_LastLineBreakMissing_MayBeCutOff()
    {
        var (result, _) = await Upload.CsvAsync(Upload.Utf8(Upload.CsvHeader, Upload.CsvAnn)[..^1], 1);

        Assert.StartsWith("line 2: does not end with a line break", Assert.Single(result.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadCsvAsync_Utf16_SaysHowToExport()
    {
        var text = Encoding.Unicode.GetBytes("\uFEFF" + Upload.CsvHeader + "\r\n" + Upload.CsvAnn + "\r\n");

        var (result, _) = await Upload.CsvAsync(text, 1);

        Assert.Contains("UTF-16; save the file as UTF-8", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadCsvAsync_Latin1_NamesLineAndColumn()
    {
        var text = Encoding.Latin1.GetBytes($"{Upload.CsvHeader}\n{Guid1},,,,,,bøb,\n");

        var (result, _) = await Upload.CsvAsync(text, 1);

        Assert.StartsWith("line 2: SamAccountName is not UTF-8", Assert.Single(result.Problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadCsvAsync_BadHeaderFromTheSender_IsNamedBesideBadRows()
    {
        var sender = new InventoryHeader("", Upload.Now.AddHours(1), null);

        var (result, _) = await Upload.CsvAsync(Upload.Utf8(Upload.CsvHeader, "x,,,,,,a,"), 1, sender: sender);

        Assert.Equal([null, null, 2], result.Problems.Select(p => p.Line));
    }
}
