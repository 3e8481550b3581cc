using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Reanchor.Collector.Exporting;
using Reanchor.Collector.Uploading;

namespace Reanchor.Collector.Watching;

/// <summary>Exports and uploads, again and again. A failure is logged and tried again; it never ends the program.</summary>
internal sealed class InventoryWatch(
    IOptions<WatchOptions> watch,
    IOptions<WatchedDirectoryOptions> directory,
    IOptions<ReanchorOptions> reanchor,
    TimeProvider clock,
    ILogger<InventoryWatch> logger) : BackgroundService
{
    // An export that only waits for Reanchor to take it.
    private DateTimeOffset? _waitingSince;
    private TimeSpan _refusalWait;

    private string FilePath => Path.Combine(watch.Value.Folder!, "inventory.ndjson.gz");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var pause = await RunAsync(stoppingToken);
            await Task.Delay(pause, clock, stoppingToken);
        }
    }

    /// <returns>How long to wait until the next time.</returns>
    private async Task<TimeSpan> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ExportAsync(cancellationToken);
            await UploadAsync(cancellationToken);
            _refusalWait = TimeSpan.Zero;
            return watch.Value.Interval;
        }
        catch (CollectorFailureException ex)
        {
            var wait = ex.ExitCode is ExitCode.ReanchorUnreachable ? watch.Value.RetryAfter : WaitLonger();

            if (ex.Problems.Count > 0)
            {
                logger.InventoryRefused(ex.ExitCode, wait, ex.Message, ex.Problems.Count, FilePath);
            }
            else
            {
                logger.InventoryFailed(ex.ExitCode, wait, ex.Message);
            }

            return wait;
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            _waitingSince = null;
            var wait = WaitLonger();
            logger.InventoryCrashed(ex, wait);
            return wait;
        }
    }

    // What was refused is refused until somebody has done something about it, and to find out may mean reading the whole forest.
    private TimeSpan WaitLonger()
    {
        var longer = _refusalWait > TimeSpan.Zero ? _refusalWait * 2 : watch.Value.RetryAfter;
        _refusalWait = longer < watch.Value.Interval ? longer : watch.Value.Interval;
        return _refusalWait;
    }

    private async Task ExportAsync(CancellationToken cancellationToken)
    {
        if (_waitingSince is { } takenAt && clock.GetUtcNow() - takenAt < watch.Value.Interval && File.Exists(FilePath))
        {
            return;
        }

        var summary = await new InventoryExport(clock, logger.ExportNoted).RunAsync(
            new()
            {
                Directory = directory.Value.ToSettings(),
                OutputPath = FilePath,
                AnchorAttribute = directory.Value.AnchorAttribute,
                ExpectedForest = directory.Value.Forest,
            },
            cancellationToken);
        _waitingSince = summary.TakenAt;
        logger.Exported(summary);
    }

    private async Task UploadAsync(CancellationToken cancellationToken)
    {
        var file = new InventoryFile(FilePath, clock);
        await file.CheckAsync(cancellationToken);
        using var client = reanchor.Value.Connect();
        var accepted = await file.UploadAsync(client, cancellationToken);
        _waitingSince = null;
        logger.Uploaded(accepted.Count, watch.Value.Interval);

        try
        {
            File.Delete(FilePath);
        }
        catch (Exception ex) when (ex is IOException or UnauthorizedAccessException)
        {
            logger.UploadedFileKept(FilePath, ex.Message);
        }
    }
}
