using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Reanchor.Collector.Uploading;

namespace Reanchor.Collector.Watching;

/// <summary>Asks Reanchor for work, runs a sync when one is wanted, and says how it went.</summary>
internal sealed class SyncWatch(
    IOptions<WatchOptions> watch,
    IOptions<ReanchorOptions> reanchor,
    SyncCommand sync,
    TimeProvider clock,
    ILogger<SyncWatch> logger) : BackgroundService
{
    private SyncResult? _unreported;
    private bool _isOut;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!sync.IsConfigured)
        {
            logger.NoSyncCommand();
            return;
        }

        while (true)
        {
            await TryAskAsync(stoppingToken);
            await Task.Delay(watch.Value.WorkInterval, clock, stoppingToken);
        }
    }

    private async Task TryAskAsync(CancellationToken cancellationToken)
    {
        try
        {
            await AskAsync(cancellationToken);

            if (_isOut)
            {
                logger.WorkBack();
            }

            _isOut = false;
        }
        catch (CollectorFailureException ex)
        {
            // Once for each outage: a line a minute would bury everything else.
            if (!_isOut)
            {
                logger.WorkOut(ex.Message);
            }

            _isOut = true;
        }
        catch (Exception ex) when (ex is not OperationCanceledException)
        {
            logger.WorkCrashed(ex);
        }
    }

    private async Task AskAsync(CancellationToken cancellationToken)
    {
        using var client = reanchor.Value.Connect();

        if (_unreported is null)
        {
            var work = await client.GetWorkAsync(cancellationToken);

            // When to try again after a failure is Reanchor's to say, and whether a clear came too late for the sync before.
            if (!work.SyncWanted)
            {
                return;
            }

            logger.SyncStarted();
            var run = await sync.RunAsync(cancellationToken);
            _unreported = run.Result;
            logger.SyncEnded(run.Synced ? LogLevel.Information : LogLevel.Warning, run.Synced, run.Outcome);
        }

        // What did not get through is reported before anything else runs: Reanchor must not take one result for another.
        await client.ReportAsync(_unreported, cancellationToken);
        _unreported = null;
    }
}
