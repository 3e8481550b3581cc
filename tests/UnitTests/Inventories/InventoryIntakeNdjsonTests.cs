using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Reanchor.Anchors;

namespace Reanchor.UnitTests.Inventories;

public sealed class InventoryIntakeNdjsonTests
{
    [Fact]
    public async Task ReadNdjsonAsync_GoodInventory_KeepsHeaderAndEveryAttribute()
    {
        var (result, written) = await Upload.NdjsonAsync(Upload.Good());

        Assert.True(result.IsAccepted, string.Join('\n', result.Problems));
        Assert.Equal(new("corp.example", Upload.Now.AddHours(-1), "ms-DS-ConsistencyGuid"), result.Header);
        Assert.Equal(2, result.Count);
        var accounts = await Upload.AccountsAsync(written);
        Assert.Equal(2, accounts.Count);
        var ann = accounts[0];
        Assert.Equal(Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff"), ann.ObjectGuid);
        Assert.Equal(Guid.Parse("e2578517-1d3c-4a6f-9f2b-0c5d1e2f3a4b"), ann.ConsistencyGuid);
        Assert.Equal("S-1-5-21-1-2-3-1104", ann.Sid);
        Assert.Equal("ann@corp.example", ann.UserPrincipalName);
        Assert.Equal("ann@corp.example", ann.PrimarySmtpAddress);
        Assert.Equal(["SMTP:ann@corp.example", "smtp:a.lee@corp.example"], ann.ProxyAddresses);
        Assert.Equal("ann", ann.SamAccountName);
        Assert.True(ann.Enabled);
        Assert.False(ann.Deleted);
        Assert.Null(ann.CustomAnchor);
        Assert.Null(ann.MailboxGuid);
        Assert.False(accounts[1].Enabled);
        Assert.True(accounts[1].Deleted);
        Assert.Null(accounts[1].ConsistencyGuid);
    }

    [Fact]
    public async Task ReadNdjsonAsync_GoodInventory_VersionIsHashOfTheTextThatWasWritten()
    {
        var (result, written) = await Upload.NdjsonAsync(Upload.Good());

        using var gzip = new GZipStream(new MemoryStream(written), CompressionMode.Decompress);
        Assert.Equal(Convert.ToHexStringLower(await SHA256.HashDataAsync(gzip, TestContext.Current.CancellationToken)), result.Version);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ReadNdjsonAsync_Compressed_IsReadWhetherTheSenderSaysSoOrNot(bool saysSo)
    {
        var (plain, _) = await Upload.NdjsonAsync(Upload.Good());

        var (compressed, _) = await Upload.NdjsonAsync(Upload.Gzip(Upload.Good()), saysSo);

        Assert.True(compressed.IsAccepted);
        Assert.Equal(plain.Version, compressed.Version);
    }

    [Fact]
    public async Task ReadNdjsonAsync_MarkCarriageReturnsOrderAndSpaces_ChangeNothing()
    {
        var (plain, _) = await Upload.NdjsonAsync(Upload.Good());
        var reordered = """ { "deleted" : true , "enabled":false, "samAccountName":"bob", "objectGuid":"{0C2F4C57-7F6E-4A35-8C38-6F6F8A2B1D11}", "mail":"" } """;
        var text = "\uFEFF" + string.Join("\r\n", Upload.Header, Upload.Ann, reordered, Upload.End) + "\r\n\r\n";

        var (result, _) = await Upload.NdjsonAsync(Encoding.UTF8.GetBytes(text));

        Assert.True(result.IsAccepted, string.Join('\n', result.Problems));
        Assert.Equal(plain.Version, result.Version);
    }

    [Fact]
    public async Task ReadNdjsonAsync_LastLineBreakMissing_IsAccepted()
    {
        var (result, _) = await Upload.NdjsonAsync(Upload.Good()[..^1]);

        Assert.True(result.IsAccepted);
    }

    [Theory]
    [InlineData("x4V0iaeB60KXxjftcwd7Hw==", "897485c7-81a7-42eb-97c6-37ed73077b1f")]
    [InlineData("/xmWb4aLEdC0LQDAT8lk/w==", "6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    [InlineData("ff 19 96 6f 86 8b 11 d0 b4 2d 00 c0 4f c9 64 ff", "6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    [InlineData("FF-19-96-6F-86-8B-11-D0-B4-2D-00-C0-4F-C9-64-FF", "6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    [InlineData("{6f9619ff-8b86-d011-b42d-00c04fc964ff}", "6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    public async Task ReadNdjsonAsync_ConsistencyGuidForms_AreTheSameBytes(string form, string expected)
    {
        // The Base64 and hex forms give the bytes in AD's order, in which the first three groups are little-endian.
        var account = $$"""{"objectGuid":"11111111-1111-4111-8111-111111111111","consistencyGuid":"{{form}}"}""";

        var (result, written) = await Upload.NdjsonAsync(
            Upload.Utf8(Upload.Header, account, """{"kind":"end","count":1}"""));

        Assert.True(result.IsAccepted, string.Join('\n', result.Problems));
        var listed = Assert.Single(await Upload.AccountsAsync(written));
        Assert.Equal(Guid.Parse(expected), listed.ConsistencyGuid);
    }

    [Fact]
    public async Task ReadNdjsonAsync_KnownSample_ExpectsTheAnchorThatSyncWrites()
    {
        var account = """{"objectGuid":"897485c7-81a7-42eb-97c6-37ed73077b1f"}""";

        var (_, written) = await Upload.NdjsonAsync(Upload.Utf8(Upload.Header, account, """{"kind":"end","count":1}"""));

        var listed = Assert.Single(await Upload.AccountsAsync(written));
        Assert.Equal(new SourceAnchor("x4V0iaeB60KXxjftcwd7Hw=="), SourceAnchor.FromGuid(listed.ObjectGuid));
    }

    [Fact]
    public async Task ReadNdjsonAsync_ClockFiveMinutesAhead_IsAccepted()
    {
        var header = Upload.Header.Replace("08:00:00Z", "10:05:00+01:00", StringComparison.Ordinal);

        var (result, _) = await Upload.NdjsonAsync(Upload.Utf8(header, Upload.Ann, Upload.Bob, Upload.End));

        Assert.True(result.IsAccepted);
        Assert.Equal(Upload.Now.AddMinutes(5), result.Header.TakenAt);
        Assert.Equal(TimeSpan.Zero, result.Header.TakenAt.Offset);
    }

    [Theory]
    [InlineData(",\"deletedRead\":true", true)]
    [InlineData(",\"deletedRead\":false", false)]
    [InlineData(",\"deletedRead\":null", null)]
    [InlineData("", null)]
    public async Task ReadNdjsonAsync_WhetherDeletedAccountsWereRead_IsKept(string property, bool? expected)
    {
        var end = $$"""{"kind":"end","count":2{{property}}}""";

        var (result, written) = await Upload.NdjsonAsync(Upload.Utf8(Upload.Header, Upload.Ann, Upload.Bob, end));
        var (stored, _) = await Upload.NdjsonAsync(written, gzip: true);

        Assert.True(result.IsAccepted, string.Join('\n', result.Problems));
        Assert.Equal(expected, result.DeletedRead);
        Assert.Equal((expected, result.Version), (stored.DeletedRead, stored.Version));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ReadNdjsonAsync_Utf16_SaysHowToExport(bool bigEndian)
    {
        var encoding = new UnicodeEncoding(bigEndian, byteOrderMark: true);
        var text = string.Join('\n', Upload.Header, Upload.Ann, Upload.Bob, Upload.End);

        var (result, _) = await Upload.NdjsonAsync([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]);

        Assert.Contains("UTF-16; save the file as UTF-8", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadNdjsonAsync_Latin1_NamesTheLine()
    {
        var text = string.Join('\n', Upload.Header, Upload.Ann, Upload.Bob.Replace("bob", "bøb", StringComparison.Ordinal), Upload.End);

        var (result, _) = await Upload.NdjsonAsync(Encoding.Latin1.GetBytes(text));

        var problem = Assert.Single(result.Problems);
        Assert.Equal(3, problem.Line);
        Assert.Contains("is not UTF-8", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadNdjsonAsync_SaidToBeGzipButIsNot_IsRefused()
    {
        var (result, _) = await Upload.NdjsonAsync(Upload.Good(), gzip: true);

        Assert.Contains("not gzip at all", Assert.Single(result.Problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadNdjsonAsync_FaultOfTheStream_IsThrown()
    {
        await Assert.ThrowsAsync<IOException>(() => Upload.NdjsonAsync(new BrokenStream(Upload.Good()[..300])));
    }
}
