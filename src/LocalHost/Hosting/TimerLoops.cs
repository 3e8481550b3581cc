using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Reanchor.LocalHost.Hosting;

/// <summary>Runs every timer function on its schedule, one run at a time for each. Times that pass during a run are left out, not made up for.</summary>
internal sealed class TimerLoops(
    FunctionCatalog catalog,
    FunctionEngineOptions options,
    IConfiguration configuration,
    IServiceScopeFactory scopes,
    TimeProvider clock,
    ILogger<TimerLoops> logger) : BackgroundService
{
    // Short naps keep a timer right when the machine's clock is set or the machine was asleep.
    private static readonly TimeSpan LongestNap = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestNap = TimeSpan.FromMilliseconds(1);

    private List<(TimerFunction Function, TimerSchedule Schedule)> _timers = [];
    private DateTimeOffset _started;

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _started = clock.GetUtcNow();
        _timers = [.. catalog.Timers.Select(function => (function, TimerSchedule.Read(function, configuration, _started)))];

        foreach (var name in options.TimersToRunAtStart.Where(name => !_timers.Exists(timer => IsNamed(timer.Function, name))))
        {
            throw new StartRefusedException(
                $"No timer function is called {name}, so it cannot be run at the start. There are: {string.Join(", ", _timers.Select(timer => timer.Function.Name))}.");
        }

        return base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_timers.Select(timer => LoopAsync(timer.Function, timer.Schedule, stoppingToken)));

    private async Task LoopAsync(TimerFunction function, TimerSchedule schedule, CancellationToken stopping)
    {
        try
        {
            var from = _started;

            if (options.TimersToRunAtStart.Any(name => IsNamed(function, name)))
            {
                await RunAsync(function, stopping);
                from = clock.GetUtcNow();
            }

            for (var due = schedule.After(from); due is not null; due = schedule.After(clock.GetUtcNow()))
            {
                logger.TimerScheduled(function.Name, due.Value);
                await UntilAsync(due.Value, stopping);
                await RunAsync(function, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
    }

    private async Task UntilAsync(DateTimeOffset due, CancellationToken stopping)
    {
        while (due - clock.GetUtcNow() is var left && left > TimeSpan.Zero)
        {
            await Task.Delay(left < ShortestNap ? ShortestNap : left > LongestNap ? LongestNap : left, clock, stopping);
        }
    }

    private async Task RunAsync(TimerFunction function, CancellationToken stopping)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await FunctionInvocation.InvokeAsync(function, scope.ServiceProvider, _ => new TimerInfo { IsPastDue = false }, stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            logger.TimerFailed(exception, function.Name);
        }
    }

    private static bool IsNamed(FunctionDefinition function, string name) => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase);
}
