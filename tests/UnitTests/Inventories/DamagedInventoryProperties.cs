using FsCheck;
using FsCheck.Fluent;

namespace Reanchor.UnitTests.Inventories;

/// <summary>What holds for every upload, found by trying to break it.</summary>
public sealed class DamagedInventoryProperties
{
    private static readonly Gen<string[]> Uploads =
        from count in Gen.Choose(1, 12)
        from anchored in Gen.Choose(0, count)
        select Lines(count, anchored);

    [Fact]
    public void ReadAsync_AnyBytes_AreRefusedWithoutAnException()
    {
        var bytes = ArbMap.Default.GeneratorFor<byte[]>();

        Holds(bytes, junk => !Accepted(junk));
        Holds(bytes, junk => !Accepted([0x1f, 0x8b, 8, .. junk]));
        Holds(bytes, junk => !Accepted(Upload.Gzip(junk)));
        Holds(bytes, junk => !Accepted([.. Upload.Utf8(Upload.Header), .. junk]));
        Holds(bytes, junk => !AcceptedCsv([.. Upload.Utf8(Upload.CsvHeader), .. junk]));
        Holds(bytes, junk => !AcceptedCsv(junk));
    }

    [Fact]
    public void ReadNdjsonAsync_Whole_IsAccepted() => Holds(Uploads, lines => Accepted(Upload.Utf8(lines)));

    [Fact]
    public void ReadNdjsonAsync_Truncated_IsRefused() => Holds(
        from lines in Uploads
        let whole = Upload.Utf8(lines)
        from length in Gen.Choose(0, whole.Length - 2) // without its last line break it is whole still
        select whole[..length],
        cut => !Accepted(cut));

    [Fact]
    public void ReadNdjsonAsync_LineDropped_IsRefused() => Holds(
        from lines in Uploads
        from at in Gen.Choose(0, lines.Length - 1)
        select Upload.Utf8([.. lines[..at], .. lines[(at + 1)..]]),
        dropped => !Accepted(dropped));

    [Fact]
    public void ReadNdjsonAsync_LineRepeatedAnywhere_IsRefused() => Holds(
        from lines in Uploads
        from at in Gen.Choose(0, lines.Length - 1)
        from to in Gen.Choose(0, lines.Length)
        select Upload.Utf8([.. lines[..to], lines[at], .. lines[to..]]),
        repeated => !Accepted(repeated));

    [Fact]
    public void ReadNdjsonAsync_AnotherCount_IsRefused() => Holds(
        from lines in Uploads
        from count in Gen.Choose(0, 40).Where(n => n != lines.Length - 2)
        select Upload.Utf8([.. lines[..^1], End(count)]),
        miscounted => !Accepted(miscounted));

    [Fact]
    public void ReadNdjsonAsync_AccountsInAnyOrder_AreAccepted() => Holds(
        from lines in Uploads
        from accounts in Gen.Shuffle(lines[1..^1])
        select Upload.Utf8([lines[0], .. accounts, lines[^1]]),
        shuffled => Accepted(shuffled));

    private static string[] Lines(int count, int anchored) =>
    [
        Upload.Header,
        .. Enumerable.Range(1, count).Select(i =>
            $$"""{"objectGuid":"{{Id(i)}}","consistencyGuid":{{(i <= anchored ? $"\"{Id(i + 100)}\"" : "null")}},"userPrincipalName":"user{{i}}@corp.example"}"""),
        End(count),
    ];

    private static string End(int count) => $$"""{"kind":"end","count":{{count}}}""";

    private static Guid Id(int number) => new(number, 7, 7, new byte[8]);

    private static bool Accepted(byte[] upload) => Upload.NdjsonAsync(upload).GetAwaiter().GetResult().Result.IsAccepted;

    private static bool AcceptedCsv(byte[] upload) => Upload.CsvAsync(upload, 1).GetAwaiter().GetResult().Result.IsAccepted;

    private static void Holds<T>(Gen<T> gen, Func<T, bool> property) =>
        Prop.ForAll(gen.ToArbitrary(), property).Check(Config.QuickThrowOnFailure.WithMaxTest(200));
}
