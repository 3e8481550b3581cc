using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Reanchor.Contracts;
using Reanchor.LocalHost;
using Reanchor.LocalHost.Hosting;
using Xunit;

namespace Reanchor.UnitTests.LocalHost;

public sealed class TimerLoopsTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 1, 59, 30, TimeSpan.Zero);

    // What the one loop does, in its order; the clock moves only while the loop naps, so no test depends on who is faster.
    private readonly Channel<Turn> _turns = Channel.CreateUnbounded<Turn>();
    private readonly NapClock _clock;
    private readonly Runs _runs;
    private readonly RecordingLog _log = new();

    public TimerLoopsTests() => (_clock, _runs) = (new(_turns.Writer), new(_turns.Writer));

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _log.Dispose();

    [Fact]
    public async Task Timer_ScheduleFromSetting_RunsWhenItIsDueInUtc()
    {
        using var host = await StartAsync("0 0 2 * * *");

        var first = await AdvanceUntilRunAsync();
        Assert.NotNull((await NextTurnAsync()).Nap);
        _clock.SetUtcNow(Start.AddDays(1));
        var second = await AdvanceUntilRunAsync();

        var due = new DateTimeOffset(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);
        Assert.Equal(due, first);
        Assert.Equal(due.AddDays(1), second);
        Assert.False(_runs.WasPastDue);
    }

    [Fact]
    public async Task Timer_RunFails_ScheduleGoesOn()
    {
        _runs.Fail = true;
        using var host = await StartAsync("0 * * * * *");

        await AdvanceUntilRunAsync();
        await AdvanceUntilRunAsync();

        Assert.NotEmpty(_log.Errors);
    }

    [Fact]
    public async Task Timer_RunTakesLong_NoSecondRunStartsBesideIt()
    {
        var slow = _runs.Hold = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var host = await StartAsync("0 * * * * *");
        await AdvanceUntilRunAsync();

        _clock.Advance(TimeSpan.FromMinutes(10.5));
        slow.SetResult();
        var next = await AdvanceUntilRunAsync();

        Assert.Equal(1, _runs.MostAtOnce);
        Assert.Equal(Start.AddMinutes(11.5), next);
    }

    [Fact]
    public async Task Timer_ToRunAtStart_RunsAtOnce()
    {
        using var host = await StartAsync("0 0 2 * * *", "nightly");

        var first = await NextTurnAsync();

        Assert.Equal(new Turn(Nap: null, Start), first);
    }

    [Fact]
    public async Task StopAsync_TimerRuns_CancelsItsToken()
    {
        _runs.Hold = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var host = await StartAsync("0 0 2 * * *", "Nightly");
        await NextTurnAsync();

        await host.StopAsync(Cancellation);

        Assert.True(_runs.WasCancelled);
        Assert.Empty(_log.Errors);
    }

    [Theory]
    [InlineData(null, "The setting NightlySchedule is missing; the function Nightly needs it. Set it, for example to \"0 0 2 * * *\".")]
    [InlineData("  ", "The setting NightlySchedule is missing")]
    [InlineData("0 2 * * *", "The setting NightlySchedule is \"0 2 * * *\", which is no NCRONTAB expression of six fields")]
    [InlineData("every night", "Use one such as \"0 0 2 * * *\"")]
    [InlineData("0 0 0 30 2 *", "names a time that never comes")]
    public async Task StartAsync_UnusableSchedule_SaysWhatToSet(string? schedule, string expected)
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync(schedule));

        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StartAsync_UnknownTimerToRun_SaysWhichThereAre()
    {
        var refusal = await Assert.ThrowsAsync<StartRefusedException>(() => StartAsync("0 0 2 * * *", "Weekly"));

        Assert.Contains("No timer function is called Weekly", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("There are: Nightly.", refusal.Message, StringComparison.Ordinal);
    }

    private async Task<IHost> StartAsync(string? schedule, params string[] runAtStart)
    {
        var builder = new HostApplicationBuilder();
        builder.Logging.ClearProviders().AddProvider(_log);
        builder.Configuration["NightlySchedule"] = schedule;
        builder.Services.AddSingleton(_runs).AddSingleton<TimeProvider>(_clock);
        builder.Services.AddFunctionEngine(
            FunctionCatalog.Read([typeof(NightlyFunction)]),
            new FunctionEngineOptions
            {
                Host = new(),
                Gate = (_, _) => Task.FromResult<IResult?>(null),
                QueueStorage = _ => throw new InvalidOperationException("No queue function is hosted here."),
                TimersToRunAtStart = runAtStart,
            });
        var host = builder.Build();
        await host.StartAsync(Cancellation);
        return host;
    }

    /// <summary>Lets the clock run, nap after nap, until the timer does, and gives the time that the run saw.</summary>
    private async Task<DateTimeOffset> AdvanceUntilRunAsync()
    {
        while (true)
        {
            var turn = await NextTurnAsync();

            if (turn.Nap is not { } nap)
            {
                return turn.At;
            }

            _clock.Advance(nap);
        }
    }

    private async Task<Turn> NextTurnAsync() =>
        await _turns.Reader.ReadAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromMinutes(2), Cancellation);

    /// <param name="Nap">How long the loop sleeps; <see langword="null"/> when it runs the function.</param>
    public sealed record Turn(TimeSpan? Nap, DateTimeOffset At);

    private sealed class NapClock(ChannelWriter<Turn> turns) : FakeTimeProvider(TimerLoopsTests.Start)
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            turns.TryWrite(new(dueTime, GetUtcNow()));
            return timer;
        }
    }

    public sealed class Runs(ChannelWriter<Turn> turns)
    {
        private int _now;

        public bool Fail { get; set; }

        public TaskCompletionSource? Hold { get; set; }

        public int MostAtOnce { get; private set; }

        public bool WasPastDue { get; private set; }

        public bool WasCancelled { get; private set; }

        public async Task RunAsync(DateTimeOffset now, TimerInfo timer, CancellationToken cancellationToken)
        {
            MostAtOnce = Math.Max(MostAtOnce, Interlocked.Increment(ref _now));
            WasPastDue |= timer.IsPastDue;
            turns.TryWrite(new(Nap: null, now));

            try
            {
                await (Hold?.Task.WaitAsync(cancellationToken) ?? Task.CompletedTask);
            }
            catch (OperationCanceledException)
            {
                WasCancelled = true;
                throw;
            }
            finally
            {
                Interlocked.Decrement(ref _now);
            }

            if (Fail)
            {
                throw new InvalidOperationException("This run fails.");
            }
        }
    }

    public sealed class NightlyFunction(Runs runs, TimeProvider clock)
    {
        [Function("Nightly")]
        public Task RunAsync([TimerTrigger("%NightlySchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
            runs.RunAsync(clock.GetUtcNow(), timer, cancellationToken);
    }
}
