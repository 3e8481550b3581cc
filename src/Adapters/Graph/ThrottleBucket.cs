namespace Reanchor.Adapters.Graph;

/// <summary>
/// One of Graph's limits, as far as this process knows how much of it is used. Use is forgotten steadily, all of it in a window. The
/// limit may be exceeded: whoever does so waits until it is kept again. Its owner's lock guards it.
/// </summary>
internal sealed class ThrottleBucket(double limit, TimeSpan window, TimeProvider clock)
{
    private double _used;
    private double _underWay;
    private long _at = clock.GetTimestamp();

    /// <summary>0 when nothing is used, 1 when all is, more when the limit is exceeded.</summary>
    public double UsedShare => Used() / limit;

    public TimeSpan WaitFor(double cost)
    {
        var excess = Used() + cost - limit;
        return cost > 0 && excess > 0 ? window * (excess / limit) : TimeSpan.Zero;
    }

    public void Take(double cost) => (_used, _underWay) = (Used() + cost, _underWay + cost);

    /// <summary>What was taken for a request has been answered for.</summary>
    public void Done(double cost) => _underWay -= cost;

    /// <summary>Graph says that no more than this share is used, except by what is under way.</summary>
    public void UsesAtMost(double share) => _used = Math.Min(Used(), (share * limit) + _underWay);

    /// <summary>Graph says that this share is used, and what is under way may come on top.</summary>
    public void UsesAtLeast(double share) => _used = Math.Max(Used(), (share * limit) + _underWay);

    private double Used()
    {
        var now = clock.GetTimestamp();
        _used = Math.Max(0, _used - (clock.GetElapsedTime(_at, now) / window * limit));
        _at = now;
        return _used;
    }
}
