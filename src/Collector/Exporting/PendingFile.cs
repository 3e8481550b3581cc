namespace Reanchor.Collector.Exporting;

/// <summary>
/// A file that appears under its name only when it is whole. Until then it lies beside it under another name, and goes away with a
/// failure. Only the account that made it may read it: it lists people.
/// </summary>
internal sealed class PendingFile : IAsyncDisposable
{
    private readonly string _target;
    private readonly string _draft;
    private bool _kept;

    private PendingFile(string target, string draft, FileStream content) => (_target, _draft, Content) = (target, draft, content);

    public FileStream Content { get; }

    /// <exception cref="CollectorFailureException">The folder is not there, or not writable.</exception>
    public static PendingFile Create(string path)
    {
        var target = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(target);

        if (folder is null || !Directory.Exists(folder))
        {
            throw CollectorFailureException.Input($"The folder of {path} does not exist. Make it first, or give another --out.");
        }

        if (Directory.Exists(target))
        {
            throw CollectorFailureException.Input($"{path} is a folder. Give the name of a file, such as forest.ndjson.gz.");
        }

        var draft = Path.Combine(folder, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}.part");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Options = FileOptions.Asynchronous,
        };

        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            return new(target, draft, new(draft, options));
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            throw CollectorFailureException.Input($"{folder} cannot be written to: {ex.Message}");
        }
    }

    /// <summary>Gives the file its name, in place of one that has it.</summary>
    /// <exception cref="IOException">The disk is full, or the file in its place is open.</exception>
    public async Task KeepAsync()
    {
        Content.Flush(flushToDisk: true);
        await Content.DisposeAsync();
        File.Move(_draft, _target, overwrite: true);
        _kept = true;
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Content.DisposeAsync();
        }
        finally
        {
            if (!_kept)
            {
                File.Delete(_draft);
            }
        }
    }
}
