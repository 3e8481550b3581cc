namespace Reanchor.Queueing;

/// <summary>What a command knows of the directory that keeps it waiting. It travels in the message, so it outlives any process.</summary>
/// <param name="Times">How often in a row the command went back to its queue, from 1.</param>
/// <param name="Since">When it did so first.</param>
public sealed record Deferral(int Times, DateTimeOffset Since)
{
    /// <summary>After so long a command is given up to the host's retries, and by them to the poison queue.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromHours(1);

    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(5);

    /// <summary>Shorter than the time after which maintenance takes a scan without a step for lost.</summary>
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(10);

    public static Deferral First(DateTimeOffset now) => new(1, now);

    /// <returns><see langword="null"/> when the command has waited long enough.</returns>
    public static Deferral? After(Deferral? before, DateTimeOffset now) =>
        before is null ? First(now)
        : now - before.Since < Patience ? before with { Times = before.Times + 1 }
        : null;

    /// <summary>
    /// What the directory asked for, and more each time: one that is always busy is asked less and less often. It grows slowly, because
    /// one that refuses every third request does so five times in a row to one command in some hundred, and that one is not to blame.
    /// </summary>
    public TimeSpan Delay(TimeSpan asked)
    {
        var backoff = FirstBackoff * Math.Pow(1.25, Math.Min(Times - 1, 100));
        var delay = backoff < LongestBackoff ? backoff : LongestBackoff;
        delay = asked > delay ? asked : delay;
        return delay < LongestDelay ? delay : LongestDelay;
    }
}
