using Reanchor.Inventories;
using Xunit;

namespace Reanchor.UnitTests.Inventories;

/// <summary>Whatever happens to a good upload on its way, it is refused or says what it said.</summary>
public sealed class InventoryDamageTests
{
    private const int Accounts = 3;

    private static readonly string[] Lines =
    [
        Upload.Header,
        .. Enumerable.Range(1, Accounts).Select(i =>
            $$"""{"objectGuid":"{{new Guid(i, 7, 7, new byte[8])}}","sid":"S-1-5-21-1-2-3-{{1000 + i}}","userPrincipalName":"user{{i}}@corp.example","proxyAddresses":["SMTP:user{{i}}@corp.example"],"enabled":true}"""),
        $$"""{"kind":"end","count":{{Accounts}}}""",
    ];

    private static readonly string[] CsvLines =
    [
        Upload.CsvHeader,
        .. Enumerable.Range(1, Accounts).Select(i =>
            $"{new Guid(i, 7, 7, new byte[8])},{new Guid(i, 8, 8, new byte[8])},S-1-5-21-1-2-3-{1000 + i},user{i}@corp.example,,SMTP:user{i}@corp.example,user{i},True"),
    ];

    [Fact]
    public async Task ReadNdjsonAsync_CutAnywhere_IsRefused()
    {
        var whole = Upload.Utf8(Lines);

        // All but the last line break, which adds nothing to a whole end line.
        for (var length = 0; length < whole.Length - 1; length++)
        {
            Assert.False((await Upload.NdjsonAsync(whole[..length])).Result.IsAccepted, $"cut to {length} bytes");
        }
    }

    [Fact]
    public async Task ReadCsvAsync_CutAnywhere_IsRefused()
    {
        var whole = Upload.Utf8(CsvLines);
        Assert.True((await Upload.CsvAsync(whole, Accounts)).Result.IsAccepted);

        for (var length = 0; length < whole.Length; length++)
        {
            Assert.False((await Upload.CsvAsync(whole[..length], Accounts)).Result.IsAccepted, $"cut to {length} bytes");
        }
    }

    [Fact]
    public async Task ReadNdjsonAsync_GzipCutAnywhere_IsRefusedOrSaysTheSame()
    {
        var whole = Upload.Gzip(Upload.Utf8(Lines));
        var (intact, _) = await Upload.NdjsonAsync(whole);
        Assert.True(intact.IsAccepted);

        for (var length = 0; length < whole.Length; length++)
        {
            var (result, _) = await Upload.NdjsonAsync(whole[..length]);

            // The checksum at the end may be lost without losing an account.
            AssertRefusedOrSame(intact, result, $"cut to {length} bytes");
        }
    }

    [Fact]
    public async Task ReadNdjsonAsync_GzipByteChanged_IsRefusedOrSaysTheSame()
    {
        var whole = Upload.Gzip(Upload.Utf8(Lines));
        var (intact, _) = await Upload.NdjsonAsync(whole);
        Assert.True(intact.IsAccepted);
        var random = new Random(4);

        for (var at = 0; at < whole.Length; at++)
        {
            var changed = whole.ToArray();
            changed[at] ^= (byte)random.Next(1, 256);
            AssertRefusedOrSame(intact, (await Upload.NdjsonAsync(changed, gzip: true)).Result, $"byte {at}");
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public async Task ReadNdjsonAsync_ByteChanged_NeverLosesAnAccount(int seed)
    {
        var whole = Upload.Utf8(Lines);
        var random = new Random(seed);

        for (var at = 0; at < whole.Length; at++)
        {
            var changed = whole.ToArray();
            changed[at] ^= (byte)random.Next(1, 256);
            var (result, written) = await Upload.NdjsonAsync(changed);

            if (result.IsAccepted)
            {
                // A changed letter inside a value cannot be seen; everything around values can.
                var accounts = await Upload.AccountsAsync(written);
                Assert.Equal(Accounts, accounts.Count);
                Assert.Equal(Accounts, accounts.Count(a => a is { Sid: not null, UserPrincipalName: not null, Enabled: true, ProxyAddresses.Count: 1 }));
            }
        }
    }

    [Fact]
    public async Task ReadNdjsonAsync_LineDroppedRepeatedOrJoined_IsRefused()
    {
        for (var at = 0; at < Lines.Length; at++)
        {
            string[] dropped = [.. Lines[..at], .. Lines[(at + 1)..]];
            string[] repeated = [.. Lines[..at], Lines[at], .. Lines[at..]];
            Assert.False((await Upload.NdjsonAsync(Upload.Utf8(dropped))).Result.IsAccepted, $"line {at + 1} dropped");
            Assert.False((await Upload.NdjsonAsync(Upload.Utf8(repeated))).Result.IsAccepted, $"line {at + 1} repeated");

            if (at + 1 < Lines.Length)
            {
                string[] joined = [.. Lines[..at], Lines[at] + Lines[at + 1], .. Lines[(at + 2)..]];
                Assert.False((await Upload.NdjsonAsync(Upload.Utf8(joined))).Result.IsAccepted, $"line {at + 1} joined");
            }
        }
    }

    [Fact]
    public async Task ReadCsvAsync_LineDroppedOrRepeated_IsRefused()
    {
        for (var at = 0; at < CsvLines.Length; at++)
        {
            string[] dropped = [.. CsvLines[..at], .. CsvLines[(at + 1)..]];
            string[] repeated = [.. CsvLines[..at], CsvLines[at], .. CsvLines[at..]];
            Assert.False((await Upload.CsvAsync(Upload.Utf8(dropped), Accounts)).Result.IsAccepted, $"line {at + 1} dropped");
            Assert.False((await Upload.CsvAsync(Upload.Utf8(repeated), Accounts)).Result.IsAccepted, $"line {at + 1} repeated");
        }
    }

    [Fact]
    public async Task ReadAsync_StoredFileCutAnywhere_ThrowsOrYieldsEverything()
    {
        var (_, stored) = await Upload.NdjsonAsync(Upload.Utf8(Lines));

        for (var length = 0; length < stored.Length; length++)
        {
            try
            {
                Assert.Equal(Accounts, (await Upload.AccountsAsync(stored[..length])).Count);
            }
            catch (InvalidDataException)
            {
            }
        }
    }

    [Fact]
    public async Task ReadAsync_StoredFileOfTheRecord_YieldsEveryAccount()
    {
        var (result, stored) = await Upload.NdjsonAsync(Upload.Utf8(Lines));

        Assert.Equal(Accounts, (await Upload.AccountsAsync(stored, Upload.Record(result))).Count);
    }

    [Fact]
    public async Task ReadAsync_StoredFileOfAnotherInventory_Throws()
    {
        var (result, _) = await Upload.NdjsonAsync(Upload.Utf8(Lines));
        var renamed = Lines.Select(l => l.Replace("user2", "user9", StringComparison.Ordinal)).ToArray();
        var (_, other) = await Upload.NdjsonAsync(Upload.Utf8(renamed));

        await Assert.ThrowsAsync<InvalidDataException>(() => Upload.AccountsAsync(other, Upload.Record(result)));
    }

    [Fact]
    public async Task ReadCsvAsync_GzipCutAnywhere_IsRefusedOrSaysTheSame()
    {
        var whole = Upload.Gzip(Upload.Utf8(CsvLines));
        var (intact, _) = await Upload.CsvAsync(whole, Accounts);
        Assert.True(intact.IsAccepted);

        for (var length = 0; length < whole.Length; length++)
        {
            AssertRefusedOrSame(intact, (await Upload.CsvAsync(whole[..length], Accounts)).Result, $"cut to {length} bytes");
        }
    }

    [Fact]
    public async Task ReadAsync_StoredFileEmptyOrOther_Throws()
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => Upload.AccountsAsync([]));
        await Assert.ThrowsAsync<InvalidDataException>(() => Upload.AccountsAsync(Upload.Gzip([])));
        await Assert.ThrowsAsync<InvalidDataException>(() => Upload.AccountsAsync(Upload.Good()));
        await Assert.ThrowsAsync<InvalidDataException>(() => Upload.AccountsAsync(Upload.Gzip(Upload.Utf8(Upload.Header))));
        await Assert.ThrowsAsync<InvalidDataException>(
            () => Upload.AccountsAsync(Upload.Gzip(Upload.Utf8(Upload.Header, """{"kind":"end","count":0}"""))));
    }

    private static void AssertRefusedOrSame(InventoryIntakeResult intact, InventoryIntakeResult result, string how) =>
        Assert.True(!result.IsAccepted || result.Version == intact.Version, how);
}
