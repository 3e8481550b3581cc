using System.IO.Compression;
using Reanchor.Inventories;

namespace Reanchor.Collector.Uploading;

/// <summary>An inventory on disk.</summary>
internal sealed class InventoryFile(string path, TimeProvider clock)
{
    public string Path => path;

    /// <summary>Reads it to its end by the very rules that Reanchor reads an upload by, for the anchor attribute that it names.</summary>
    /// <exception cref="CollectorFailureException">It cannot be read, or breaks a rule.</exception>
    public async Task<InventoryIntakeResult> CheckAsync(CancellationToken cancellationToken)
    {
        await using var file = Open();
        var result = await new InventoryIntake(InventoryLimits.Default, clock)
            .ReadNdjsonAsync(file, gzip: false, Stream.Null, cancellationToken);

        return result.IsAccepted
            ? result
            : throw new CollectorFailureException(ExitCode.InputRefused, $"{path} is not an inventory that Reanchor takes.")
            {
                Problems = [.. result.Problems.Select(p => p.ToString())],
            };
    }

    /// <summary>The first lines, letter by letter as they would be sent.</summary>
    public async Task<IReadOnlyList<string>> ReadFirstLinesAsync(int count, CancellationToken cancellationToken)
    {
        await using var file = Open();
        using var text = new StreamReader(IsGzip(file) ? new GZipStream(file, CompressionMode.Decompress) : file);
        var lines = new List<string>();

        while (lines.Count < count && await text.ReadLineAsync(cancellationToken) is { } line)
        {
            lines.Add(line);
        }

        return lines;
    }

    public async Task<AcceptedInventory> UploadAsync(ReanchorClient reanchor, CancellationToken cancellationToken)
    {
        await using var file = Open();
        return await reanchor.UploadAsync(file, IsGzip(file), cancellationToken);
    }

    private static bool IsGzip(FileStream file)
    {
        var isGzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isGzip;
    }

    private FileStream Open()
    {
        try
        {
            return new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw CollectorFailureException.Input($"The file {path} cannot be read: {ex.Message}");
        }
    }
}
