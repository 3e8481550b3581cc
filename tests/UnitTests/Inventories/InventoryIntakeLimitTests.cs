using System.Text;
using Reanchor.Inventories;
using Xunit;

namespace Reanchor.UnitTests.Inventories;

public sealed class InventoryIntakeLimitTests
{
    private const long Junk = 50L * 1024 * 1024;

    [Theory]
    [InlineData("x")]
    [InlineData("{")]
    [InlineData("\0")]
    [InlineData("\"")]
    [InlineData(",")]
    public async Task ReadNdjsonAsync_JunkWithoutLineBreak_StopsEarly(string pattern)
    {
        using var junk = new JunkStream(Encoding.UTF8.GetBytes(pattern), Junk);

        var (result, _) = await Upload.NdjsonAsync(junk);

        Assert.Equal(InventoryRefusal.Invalid, result.Refusal);
        Assert.StartsWith("line 1: is longer than 65536 bytes", Assert.Single(result.Problems).ToString(), StringComparison.Ordinal);
        Assert.True(junk.Taken < 1024 * 1024, $"{junk.Taken} bytes were read");
    }

    [Theory]
    [InlineData("x")]
    [InlineData(",")]
    [InlineData("\"\n\",")]
    [InlineData("\0")]
    public async Task ReadCsvAsync_JunkWithoutEndOfRecord_StopsEarly(string pattern)
    {
        using var junk = new JunkStream(Encoding.UTF8.GetBytes(pattern), Junk);

        var (result, _) = await Upload.CsvAsync(junk, 1);

        Assert.Equal(InventoryRefusal.Invalid, result.Refusal);
        Assert.NotEmpty(result.Problems);
        Assert.True(junk.Taken < 1024 * 1024, $"{junk.Taken} bytes were read");
    }

    [Fact]
    public async Task ReadCsvAsync_QuoteThatSwallowsTheRows_StopsAtTheRecord()
    {
        var rows = Enumerable.Repeat(Upload.CsvAnn, 2000);

        var (result, _) = await Upload.CsvAsync(Upload.Utf8([Upload.CsvHeader, Upload.CsvAnn, "\"x", .. rows]), 2002);

        Assert.Contains(
            result.Problems, p => p.Line == 3 && p.Message.Contains("closing quotation mark", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ReadNdjsonAsync_JunkAfterGoodLines_NamesItsLine()
    {
        var upload = Upload.Utf8(Upload.Header, Upload.Ann, new string('x', 70_000));

        var (result, _) = await Upload.NdjsonAsync(upload);

        Assert.Equal(3, Assert.Single(result.Problems).Line);
    }

    [Fact]
    public async Task ReadNdjsonAsync_LineOfExactlyTheLimit_IsRead()
    {
        var padding = new string(' ', 64 * 1024 - Upload.Ann.Length - 1);

        var (result, _) = await Upload.NdjsonAsync(Upload.Utf8(Upload.Header, Upload.Ann + padding, Upload.Bob, Upload.End));

        Assert.True(result.IsAccepted, string.Join('\n', result.Problems));
    }

    [Fact]
    public async Task ReadNdjsonAsync_TextOverTheLimit_IsTooLarge()
    {
        var limits = InventoryLimits.Default with { MaxTextBytes = 1024 * 1024 };
        string[] lines = [Upload.Header, .. Enumerable.Repeat(Upload.Bob + new string(' ', 60_000), 18)];

        var (result, _) = await Upload.NdjsonAsync(Upload.Utf8(lines), limits: limits);

        Assert.Equal(InventoryRefusal.TooLarge, result.Refusal);
        Assert.Contains("is longer than 1048576 bytes", result.Problems[^1].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadNdjsonAsync_SmallGzipOfALargeText_IsTooLarge()
    {
        var limits = InventoryLimits.Default with { MaxTextBytes = 100_000 };
        var accounts = Enumerable.Range(0, 2000).Select(i => $$"""{"objectGuid":"{{new Guid(i + 1, 0, 0, new byte[8])}}"}""");
        var gzip = Upload.Gzip(Upload.Utf8([Upload.Header, .. accounts, """{"kind":"end","count":2000}"""]));

        var (result, _) = await Upload.NdjsonAsync(gzip, limits: limits);

        Assert.Equal(InventoryRefusal.TooLarge, result.Refusal);
    }

    [Fact]
    public async Task ReadNdjsonAsync_MoreAccountsThanAllowed_IsTooLarge()
    {
        var (result, _) = await Upload.NdjsonAsync(Upload.Good(), limits: InventoryLimits.Default with { MaxAccounts = 1 });

        Assert.Equal(InventoryRefusal.TooLarge, result.Refusal);
        Assert.Equal(3, Assert.Single(result.Problems).Line);
    }

    [Fact]
    public async Task ReadCsvAsync_MoreAccountsThanAllowed_IsTooLarge()
    {
        var (result, _) = await Upload.CsvAsync(
            Upload.Utf8(Upload.CsvHeader, Upload.CsvAnn, "11111111-1111-4111-8111-111111111111,,S-1-5-21-1-2-3-1105,,,,a,True"),
            2,
            limits: InventoryLimits.Default with { MaxAccounts = 1 });

        Assert.Equal(InventoryRefusal.TooLarge, result.Refusal);
        Assert.Equal(3, Assert.Single(result.Problems).Line);
    }

    [Fact]
    public async Task ReadNdjsonAsync_LongLineOfEscapes_CanBeReadBack()
    {
        // A character outside the basic plane grows from 4 bytes to 12 when it is stored.
        var name = string.Concat(Enumerable.Repeat("😀", 16_000));
        var account = $$"""{"objectGuid":"11111111-1111-4111-8111-111111111111","mail":"{{name}}"}""";

        var (result, written) = await Upload.NdjsonAsync(Upload.Utf8(Upload.Header, account, """{"kind":"end","count":1}"""));

        Assert.True(result.IsAccepted, string.Join('\n', result.Problems));
        Assert.Equal(name, Assert.Single(await Upload.AccountsAsync(written)).Mail);
    }
}
