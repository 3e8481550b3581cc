using System.Text.RegularExpressions;
using Reanchor.Auditing;
using Reanchor.Contracts;
using Reanchor.Sealing;

namespace Reanchor.UnitTests.Auditing;

/// <summary>
/// No code changes or removes an event or a seal: the ports have no member for it, one file each knows the table or container, and
/// those files call nothing that could.
/// </summary>
public sealed partial class AppendOnlyTests
{
    private static readonly Dictionary<string, string> OnlyPlaces = new()
    {
        ["TableNames.Audit"] = "src/Adapters/Tables/TableAuditTrail.cs",
        ["TableNames.Seals"] = "src/Adapters/Tables/TableSealRegister.cs",
        ["\"ReanchorAudit\""] = "src/Adapters/Tables/TableNames.cs",
        ["\"ReanchorSeals\""] = "src/Adapters/Tables/TableNames.cs",
        ["\"audit-seals\""] = "src/Adapters/Blobs/BlobSealArchive.cs",
    };

    [Theory]
    [InlineData(typeof(IAuditTrail), "AppendAsync, ListAsync, ListTenantsAsync, ReadAsync")]
    [InlineData(typeof(ISealArchive), "ReadAsync, TryAddAsync")]
    [InlineData(typeof(ISealRegister), "AddAsync, ListAsync")]
    public void Port_Members_AddAndRead(Type port, string members) =>
        Assert.Equal(members, string.Join(", ", port.GetMethods().Select(m => m.Name).Order(StringComparer.Ordinal)));

    [Fact]
    public void Source_TablesAndContainer_AreKnownInOnePlaceEach()
    {
        var sources = Directory.EnumerateFiles(Repository.Path("src"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            .ToDictionary(path => Path.GetRelativePath(Repository.Path(""), path).Replace('\\', '/'), File.ReadAllText);

        Assert.All(OnlyPlaces, pair => Assert.Equal(
            [pair.Value], sources.Where(s => s.Value.Contains(pair.Key, StringComparison.Ordinal)).Select(s => s.Key)));
    }

    [Theory]
    [InlineData("src/Adapters/Tables/TableAuditTrail.cs", "JsonRow.AddOnceAsync(_table")]
    [InlineData("src/Adapters/Tables/TableSealRegister.cs", "JsonRow.AddOnceAsync(")]
    [InlineData("src/Adapters/Blobs/BlobSealArchive.cs", "IfNoneMatch = ETag.All")]
    public void Source_WritersOfTrailAndSeals_OnlyAdd(string path, string adds)
    {
        var source = File.ReadAllText(Repository.Path(path));

        Assert.Contains(adds, source, StringComparison.Ordinal);
        Assert.Single(Writes().Matches(source));
    }

    // Every way in which our helper for rows and the clients for tables and blobs write.
    [GeneratedRegex(@"JsonRow\.(Try|Add)\w+|\w+Entity\w*Async|SubmitTransaction|\.(Upload|OpenWrite|Delete|Undelete|StartCopy|SyncCopy|SetM|SetT|SetH)\w*\(")]
    private static partial Regex Writes();
}
