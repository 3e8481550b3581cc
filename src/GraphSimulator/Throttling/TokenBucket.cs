namespace Reanchor.GraphSimulator;

/// <summary>Refills steadily. Its owner's lock guards it.</summary>
internal sealed class TokenBucket(int capacity, TimeSpan window, TimeProvider clock)
{
    private double _tokens = capacity;
    private long _filledAt = clock.GetTimestamp();

    public double UsedShare
    {
        get
        {
            Refill();
            return 1 - (_tokens / capacity);
        }
    }

    public bool Has(int tokens)
    {
        Refill();
        return _tokens >= Math.Min(tokens, capacity);
    }

    public void Take(int tokens) => _tokens -= tokens;

    /// <summary>Whole seconds until there are this many, at least one.</summary>
    public int SecondsUntil(int tokens) =>
        Math.Max(1, (int)Math.Ceiling((Math.Min(tokens, capacity) - _tokens) * window.TotalSeconds / capacity));

    private void Refill()
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(capacity, _tokens + (clock.GetElapsedTime(_filledAt, now) / window * capacity));
        _filledAt = now;
    }
}
