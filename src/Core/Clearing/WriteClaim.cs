namespace Reanchor.Clearing;

/// <summary>
/// The right to send one write, for a limited time. Its owner is the delivery that stored it and holds the row's version since.
/// Until it ends, every other delivery may read and settle, but not write.
/// </summary>
/// <param name="Attempt">1 for the first claim of a clear or a restore.</param>
public sealed record WriteClaim(DateTimeOffset Until, int Attempt)
{
    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>When the directory accepted a write of this claim, or of one before it; <see langword="null"/>: it did not say so.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    public bool IsAlive(DateTimeOffset now) => now < Until;

    /// <summary>A second claim's write, too, is shown by no read although the directory accepted it: a third would end the same way.</summary>
    public bool IsSpent => AcceptedAt is not null && Attempt > 1;

    /// <summary>
    /// When to read again. Replicas lag by seconds, so an accepted or a lost write is looked for soon and then less and less
    /// often; never before a second has passed, nor later than the claim's end.
    /// </summary>
    /// <param name="writtenAt">When the write was accepted, or its answer lost.</param>
    public TimeSpan NextLook(DateTimeOffset writtenAt, DateTimeOffset now)
    {
        var wait = now - writtenAt < FirstLook ? FirstLook : now - writtenAt > LongestWait ? LongestWait : now - writtenAt;
        var rest = Until - now;
        var look = wait < rest ? wait : rest;
        return look > TimeSpan.FromSeconds(1) ? look : TimeSpan.FromSeconds(1);
    }
}
