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
    private const string FileName = "inventory.ndjson.gz";

    // An export that only waits for Reanchor to come back.
    private DateTimeOffset? _waitingSince;

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
            return watch.Value.Interval;
        }
        catch (CollectorFailureException ex)
        {
            if (ex.ExitCode is not ExitCode.ReanchorUnreachable)
            {
                _waitingSince = null;
            }

            logger.InventoryFailed(ex.ExitCode, watch.Value.RetryAfter, ex.Message);
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            _waitingSince = null;
            logger.InventoryCrashed(ex, watch.Value.RetryAfter);
        }

        return watch.Value.RetryAfter;
    }

    private async Task ExportAsync(CancellationToken cancellationToken)
    {
        if (_waitingSince is { } takenAt && clock.GetUtcNow() - takenAt < watch.Value.Interval)
        {
            return;
        }

        var summary = await new InventoryExport(clock, logger.ExportNoted).RunAsync(
            new()
            {
                Directory = directory.Value.ToSettings(),
                OutputPath = Path.Combine(watch.Value.Folder!, FileName),
                AnchorAttribute = directory.Value.AnchorAttribute,
                ExpectedForest = directory.Value.Forest,
            },
            cancellationToken);
        _waitingSince = summary.TakenAt;
        logger.Exported(summary);
    }

    private async Task UploadAsync(CancellationToken cancellationToken)
    {
        var file = new InventoryFile(Path.Combine(watch.Value.Folder!, FileName), clock);
        await file.CheckAsync(cancellationToken);
        using var client = reanchor.Value.Connect();
        var accepted = await file.UploadAsync(client, cancellationToken);
        _waitingSince = null;
        logger.Uploaded(accepted.Count, watch.Value.Interval);
    }
}
