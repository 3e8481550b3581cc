namespace Reanchor.Adapters.Graph;

/// <summary>
/// One of Graph's limits, as far as this process knows how much of it is used. Use is forgotten steadily, all of it in a window. The
/// limit may be exceeded: whoever does so waits until it is kept again. Its owner's lock guards it.
/// </summary>
/// <param name="documented">What Graph allows in a window. Other instances of the application take their share of it unseen.</param>
internal sealed class ThrottleBucket(double documented, TimeSpan window, TimeProvider clock)
{
    private readonly double _documented = documented;
    private double _limit = documented;
    private double _used;
    private double _underWay;
    private long _at = clock.GetTimestamp();

    /// <summary>0 when nothing is used, 1 when all is, more when the limit is exceeded.</summary>
    public double UsedShare => Used() / _limit;

    public TimeSpan WaitFor(double cost)
    {
        var excess = Used() + cost - _limit;
        return cost > 0 && excess > 0 ? window * (excess / _limit) : TimeSpan.Zero;
    }

    public void Take(double cost) => (_used, _underWay) = (Used() + cost, _underWay + cost);

    /// <summary>What was taken for a request has been answered for.</summary>
    public void Done(double cost) => _underWay -= cost;

    /// <summary>Graph says that no more than this share is used, except by what is under way.</summary>
    public void UsesAtMost(double share) => _used = Math.Min(Used(), (share * _limit) + _underWay);

    /// <summary>Graph says that this share is used, and what is under way may come on top.</summary>
    public void UsesAtLeast(double share) => _used = Math.Max(Used(), (share * _limit) + _underWay);

    /// <summary>Graph has no more although this process took no more than it may: from now on it may take a little less, and nothing at once.</summary>
    public void Refuse()
    {
        _limit = Math.Max(_limit * 0.85, _documented / 100);
        _used = _limit + _underWay;
    }

    /// <summary>Graph took a request: some of what a refusal cost comes back.</summary>
    public void Accept()
    {
        var more = Math.Min(_documented / 1_000, _documented - _limit);

        // It is a faster refill that comes back, and no room at once.
        _used = Used() + more;
        _limit += more;
    }

    private double Used()
    {
        var now = clock.GetTimestamp();
        _used = Math.Max(0, _used - (clock.GetElapsedTime(_at, now) / window * _limit));
        _at = now;
        return _used;
    }
}
