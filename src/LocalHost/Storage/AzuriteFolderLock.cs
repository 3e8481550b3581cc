using System.Diagnostics;
using System.Globalization;

namespace Reanchor.LocalHost.Storage;

/// <summary>
/// One Azurite per data folder: two would overwrite each other's files. The parent holds the lock, and the file names the
/// Azurite process, which may still be writing for a moment after its parent was killed.
/// </summary>
internal sealed class AzuriteFolderLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly FileStream _file;

    private AzuriteFolderLock(FileStream file) => _file = file;

    /// <exception cref="StartRefusedException">The folder is in use or cannot be written.</exception>
    public static async Task<AzuriteFolderLock> TakeAsync(string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "reanchor.lock");
        AzuriteFolderLock taken;

        try
        {
            Directory.CreateDirectory(folder);
            taken = new(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException(
                $"The storage folder {folder} is in use by another process or cannot be written. Stop the other process, or choose another folder.", exception);
        }

        try
        {
            await taken.AwaitPredecessorAsync(path, cancellationToken);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    public void Record(int processId)
    {
        _file.SetLength(0);
        _file.Write(System.Text.Encoding.ASCII.GetBytes(processId.ToString(CultureInfo.InvariantCulture)));
        _file.Flush();
    }

    public void Dispose() => _file.Dispose();

    private async Task AwaitPredecessorAsync(string path, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(_file, leaveOpen: true);
        var text = await reader.ReadToEndAsync(cancellationToken);

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var processId))
        {
            return;
        }

        var waited = Stopwatch.StartNew();

        while (IsRunningNode(processId))
        {
            if (waited.Elapsed > Patience)
            {
                throw new StartRefusedException(
                    $"The storage folder is still in use by process {processId}. Stop that process; if it is no storage emulator, delete {path}.");
            }

            await Task.Delay(LookAgain, cancellationToken);
        }
    }

    private static bool IsRunningNode(int processId)
    {
        try
        {
            using var process = Process.GetProcessById(processId);
            return !process.HasExited && process.ProcessName.StartsWith("node", StringComparison.OrdinalIgnoreCase);
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }
}
