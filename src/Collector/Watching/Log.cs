using Microsoft.Extensions.Logging;
using Reanchor.Collector.Exporting;

namespace Reanchor.Collector.Watching;

// Event ids 8000-8099. Servers, counts and reasons only: what is known of people is in the inventory.
internal static partial class Log
{
    [LoggerMessage(8000, LogLevel.Information, "{Summary}")]
    public static partial void Exported(this ILogger logger, ExportSummary summary);

    [LoggerMessage(8001, LogLevel.Information, "{Note}")]
    public static partial void ExportNoted(this ILogger logger, string note);

    [LoggerMessage(8002, LogLevel.Information, "Reanchor took the inventory of {Count} accounts. The next one follows in {Interval}.")]
    public static partial void Uploaded(this ILogger logger, int count, TimeSpan interval);

    [LoggerMessage(8003, LogLevel.Error, "No inventory was handed in ({ExitCode}); trying again in {RetryAfter}. {Reason}")]
    public static partial void InventoryFailed(this ILogger logger, ExitCode exitCode, TimeSpan retryAfter, string reason);

    [LoggerMessage(8004, LogLevel.Error, "No inventory was handed in, for a reason that nobody foresaw; trying again in {RetryAfter}.")]
    public static partial void InventoryCrashed(this ILogger logger, Exception exception, TimeSpan retryAfter);

    [LoggerMessage(
        8005,
        LogLevel.Error,
        "No inventory was handed in ({ExitCode}); trying again in {RetryAfter}. {Reason} Problems: {Problems}. They may quote "
        + "the inventory, so they are not shown here: run reanchor-collector upload --file {File} by hand to see them.")]
    public static partial void InventoryRefused(
        this ILogger logger, ExitCode exitCode, TimeSpan retryAfter, string reason, int problems, string file);

    [LoggerMessage(8006, LogLevel.Warning, "{File} was uploaded, and could not be deleted. Delete it, or let this program do so: it lists people. {Reason}")]
    public static partial void UploadedFileKept(this ILogger logger, string file, string reason);

    [LoggerMessage(8010, LogLevel.Information, "No sync command is set, so this machine does not ask whether a sync is wanted.")]
    public static partial void NoSyncCommand(this ILogger logger);

    [LoggerMessage(8011, LogLevel.Information, "Reanchor wants a directory synchronisation; running the sync command.")]
    public static partial void SyncStarted(this ILogger logger);

    [LoggerMessage(EventId = 8012, Message = "The sync command ended; success: {Synced}. {Outcome}")]
    public static partial void SyncEnded(this ILogger logger, LogLevel level, bool synced, string outcome);

    [LoggerMessage(8013, LogLevel.Warning, "Reanchor could not be asked for work; going on trying. {Reason}")]
    public static partial void WorkOut(this ILogger logger, string reason);

    [LoggerMessage(8014, LogLevel.Information, "Reanchor answers again.")]
    public static partial void WorkBack(this ILogger logger);

    [LoggerMessage(8015, LogLevel.Error, "Asking for work failed for a reason that nobody foresaw; going on trying.")]
    public static partial void WorkCrashed(this ILogger logger, Exception exception);
}
