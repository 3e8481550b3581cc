namespace Reanchor.Clearing;

/// <summary>
/// The right to send one write, for a limited time. Its owner is the delivery that stored it and holds the row's version since.
/// Until it ends, every other delivery may read and settle, but not write.
/// </summary>
/// <param name="Attempt">How many claims may have sent a write of this clear or restore, this one among them. One that was given back unused has not.</param>
public sealed record WriteClaim(DateTimeOffset Until, int Attempt)
{
    /// <summary>A directory that fails now and then has answered one of so many; three minutes each are a quarter of an hour.</summary>
    public const int MaxUnanswered = 5;

    private static readonly TimeSpan FirstLook = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>When the directory accepted a write of this claim, or of one before it; <see langword="null"/>: it did not say so.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>What came instead of an answer, the last time that one was lost; <see langword="null"/>: whoever waited for it may have died.</summary>
    public string? LostAnswer { get; init; }

    public bool IsAlive(DateTimeOffset now) => now < Until;

    /// <summary>
    /// Another write would end the same way: a second one, too, is shown by no read although the directory accepted it, or
    /// <see cref="MaxUnanswered"/> were not answered.
    /// </summary>
    public bool IsSpent => Attempt >= (AcceptedAt is null ? MaxUnanswered : 2);

    /// <summary>What is not known of a write that no read shows.</summary>
    /// <param name="what">As it stands in a sentence: the clear, the restore.</param>
    public string InDoubt(string what) => AcceptedAt is not null
        ? $"Entra accepted {what}, and no read has shown it since."
        : $"Whether {what} was made is not known: it may have been sent, and the answer is lost{(LostAnswer is null ? "" : $" ({LostAnswer})")}.";

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
