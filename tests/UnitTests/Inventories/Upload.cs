using System.IO.Compression;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Reanchor.Inventories;
using Reanchor.Tenants;
using Xunit;

namespace Reanchor.UnitTests.Inventories;

/// <summary>Sends texts through an intake and reads back what it wrote.</summary>
internal static class Upload
{
    public const string Header =
        """{"kind":"inventory","version":1,"forest":"corp.example","takenAt":"2026-11-22T08:00:00Z","anchorAttribute":"ms-DS-ConsistencyGuid"}""";

    public const string Ann =
        """{"objectGuid":"6f9619ff-8b86-d011-b42d-00c04fc964ff","consistencyGuid":"e2578517-1d3c-4a6f-9f2b-0c5d1e2f3a4b","customAnchor":null,"sid":"S-1-5-21-1-2-3-1104","userPrincipalName":"ann@corp.example","mail":"ann@corp.example","proxyAddresses":["SMTP:ann@corp.example","smtp:a.lee@corp.example"],"samAccountName":"ann","enabled":true,"deleted":false,"mailboxGuid":null}""";

    public const string Bob =
        """{"objectGuid":"0c2f4c57-7f6e-4a35-8c38-6f6f8a2b1d11","samAccountName":"bob","enabled":false,"deleted":true}""";

    public const string End = """{"kind":"end","count":2}""";

    public const string CsvHeader =
        "ObjectGUID,mS-DS-ConsistencyGuid,SID,UserPrincipalName,mail,proxyAddresses,SamAccountName,Enabled";

    public const string CsvAnn =
        "6f9619ff-8b86-d011-b42d-00c04fc964ff,e2578517-1d3c-4a6f-9f2b-0c5d1e2f3a4b,S-1-5-21-1-2-3-1104,ann@corp.example,ann@corp.example,SMTP:ann@corp.example;smtp:a.lee@corp.example,ann,True";

    public static DateTimeOffset Now { get; } = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    public static InventoryHeader CsvSender { get; } = new("corp.example", Now.AddHours(-1), null);

    public static byte[] Utf8(params string[] lines) => Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")));

    public static byte[] Good() => Utf8(Header, Ann, Bob, End);

    public static byte[] Gzip(byte[] bytes)
    {
        using var buffer = new MemoryStream();

        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }

    public static Task<(InventoryIntakeResult Result, byte[] Written)> NdjsonAsync(
        byte[] upload, bool gzip = false, InventoryLimits? limits = null) =>
        NdjsonAsync(new MemoryStream(upload), gzip, limits);

    public static async Task<(InventoryIntakeResult Result, byte[] Written)> NdjsonAsync(
        Stream upload, bool gzip = false, InventoryLimits? limits = null, AnchorAttribute? anchor = null)
    {
        using var output = new MemoryStream();
        var result = await Intake(limits, anchor).ReadNdjsonAsync(upload, gzip, output, TestContext.Current.CancellationToken);
        return (result, output.ToArray());
    }

    public static Task<(InventoryIntakeResult Result, byte[] Written)> CsvAsync(
        byte[] upload,
        int count,
        bool gzip = false,
        InventoryHeader? sender = null,
        InventoryLimits? limits = null,
        AnchorAttribute? anchor = null) =>
        CsvAsync(new MemoryStream(upload), count, gzip, sender, limits, anchor);

    public static async Task<(InventoryIntakeResult Result, byte[] Written)> CsvAsync(
        Stream upload,
        int count,
        bool gzip = false,
        InventoryHeader? sender = null,
        InventoryLimits? limits = null,
        AnchorAttribute? anchor = null)
    {
        using var output = new MemoryStream();
        var result = await Intake(limits, anchor).ReadCsvAsync(
            upload, gzip, sender ?? CsvSender, count, output, TestContext.Current.CancellationToken);
        return (result, output.ToArray());
    }

    public static InventoryRecord Record(InventoryIntakeResult accepted) => new()
    {
        Tenant = new(Guid.Parse("11111111-1111-4111-8111-111111111111")),
        Collector = CollectorId.Parse("corp", null),
        Forest = accepted.Header!.Forest,
        TakenAt = accepted.Header.TakenAt,
        ReceivedAt = Now,
        Count = accepted.Count!.Value,
        DeletedRead = accepted.DeletedRead,
        Version = accepted.Version!,
        UploadedBy = "test",
    };

    public static async Task<List<DirectoryAccount>> AccountsAsync(byte[] stored, InventoryRecord? record = null)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var content = new MemoryStream(stored);
        var accounts = new List<DirectoryAccount>();

        await foreach (var account in record is null
            ? InventoryReader.ReadAsync(content, cancellation)
            : InventoryReader.ReadAsync(content, record, cancellation))
        {
            accounts.Add(account);
        }

        return accounts;
    }

    private static InventoryIntake Intake(
        InventoryLimits? limits, AnchorAttribute? anchor = null) =>
        new(limits ?? InventoryLimits.Default, new FakeTimeProvider(Now), anchor);
}
