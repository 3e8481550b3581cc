using System.Globalization;
using System.IO.Compression;
using Reanchor.Anchors;
using Reanchor.Scanning;

namespace Reanchor.Benchmarks;

/// <summary>Accounts made up by number, as a collector would list them, and cloud users to join them with.</summary>
public static class SampleInventory
{
    /// <summary>Writes NDJSON, gzip.</summary>
    public static async Task WriteAsync(string path, int accounts, string forest = "corp.example")
    {
        await using var file = File.Create(path);
        await using var gzip = new GZipStream(file, CompressionLevel.Fastest);
        await using var text = new StreamWriter(gzip) { NewLine = "\n" };
        await text.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"kind":"inventory","version":1,"forest":"{{forest}}","takenAt":"{{TimeProvider.System.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'}}"}"""));

        for (var i = 0; i < accounts; i++)
        {
            await text.WriteLineAsync(Line(i));
        }

        await text.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"kind":"end","count":{{accounts}}}"""));
    }

    /// <summary>
    /// Users spread over the accounts, each with the UPN of one. The anchor of every second one is that account's; the others' is
    /// nobody's.
    /// </summary>
    public static IReadOnlyList<CloudUser> Users(int users, int accounts) =>
    [
        .. Enumerable.Range(0, users).Select(n => (n, Account: (int)((long)n * accounts / users))).Select(u => new CloudUser
        {
            Id = Id(u.n, 3),
            UserPrincipalName = Upn(u.Account),
            Mail = Upn(u.Account),
            Anchor = SourceAnchor.FromGuid(u.n % 2 == 0 ? Id(u.Account, 1) : Id(u.n, 4)),
            OnPremises = new() { SecurityIdentifier = $"S-1-5-21-9-9-9-{u.n + 1000}" },
        }),
    ];

    private static string Line(int i) => string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"objectGuid":"{{Id(i, 1)}}","consistencyGuid":"{{Id(i, 2)}}","customAnchor":null,"sid":"S-1-5-21-1111111111-2222222222-333333333-{{i + 1000}}","userPrincipalName":"{{Upn(i)}}","mail":"{{Upn(i)}}","proxyAddresses":["SMTP:{{Upn(i)}}","smtp:u{{i}}@old.example"],"samAccountName":"user{{i}}","enabled":true,"deleted":false,"mailboxGuid":null}""");

    private static string Upn(int i) => string.Create(CultureInfo.InvariantCulture, $"first.last{i}@corp.example");

    // Times an odd number: every number its own GUID, and no two neighbours alike.
    private static Guid Id(int number, byte kind) => new(unchecked(number * (int)2654435769), 0x1234, 0x4567, [kind, 1, 2, 3, 4, 5, 6, 7]);
}
