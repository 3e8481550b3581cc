using Reanchor.Collector.Exporting;

namespace Reanchor.UnitTests.Collector;

public sealed class PendingFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("reanchor-pending-").FullName;

    private string Target => Path.Combine(_folder, "forest.ndjson.gz");

    [Fact]
    public async Task KeepAsync_NameTakenMeanwhile_LeavesNoDraft()
    {
        await using (var file = PendingFile.Create(Target))
        {
            Directory.CreateDirectory(Target);

            await Assert.ThrowsAnyAsync<IOException>(file.KeepAsync);
        }

        Assert.Empty(Directory.EnumerateFiles(_folder));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
