namespace Reanchor.Adapters.Graph;

/// <summary>
/// What the application may spend in one tenant, or in all together (Learn, Microsoft Graph throttling limits, identity and access).
/// </summary>
internal sealed class ThrottleScope
{
    private readonly ThrottleBucket _resourceUnits;
    private readonly ThrottleBucket _writes;
    private readonly TimeProvider _clock;
    private DateTimeOffset _closedUntil;
    private DateTimeOffset _closedToWritesUntil;

    private ThrottleScope(ThrottleBucket resourceUnits, ThrottleBucket writes, TimeProvider clock) =>
        (_resourceUnits, _writes, _clock) = (resourceUnits, writes, clock);

    /// <summary>That of the application guards the scopes of its tenants too: a request takes from all of its buckets or from none.</summary>
    public Lock Gate { get; } = new();

    public IEnumerable<ThrottleBucket> Buckets => [_resourceUnits, _writes];

    /// <summary>Graph wants no request at all.</summary>
    public bool IsClosed => _closedUntil > _clock.GetUtcNow();

    /// <summary>How long Graph wants no such request; zero or less when it takes them.</summary>
    public TimeSpan ClosedFor(RequestCost cost) =>
        (cost.Writes > 0 && _closedToWritesUntil > _closedUntil ? _closedToWritesUntil : _closedUntil) - _clock.GetUtcNow();

    /// <summary>Larger tenants have 5,000 or 8,000 units. What their answers say of it is believed, so their size need not be known.</summary>
    public static ThrottleScope OfTenant(TimeProvider clock) => new(
        new(3_500, TimeSpan.FromSeconds(10), clock), new(3_000, TimeSpan.FromSeconds(150), clock), clock);

    public static ThrottleScope OfApplication(TimeProvider clock) => new(
        new(150_000, TimeSpan.FromSeconds(20), clock), new(35_000, TimeSpan.FromMinutes(5), clock), clock);

    public void Close(TimeSpan time) => _closedUntil = Later(_closedUntil, _clock.GetUtcNow() + time);

    /// <summary>Graph refused because a limit of this scope is used up.</summary>
    /// <param name="time">How long it wants no request.</param>
    /// <param name="onlyWrites">The limit is that of writes: reads may go on.</param>
    public void Refuse(TimeSpan time, bool onlyWrites)
    {
        if (onlyWrites)
        {
            _closedToWritesUntil = Later(_closedToWritesUntil, _clock.GetUtcNow() + time);
            _writes.Refuse();
        }
        else
        {
            Close(time);
            _resourceUnits.Refuse();
        }
    }

    public void Accept(RequestCost cost)
    {
        _resourceUnits.Accept();

        if (cost.Writes > 0)
        {
            _writes.Accept();
        }
    }

    public TimeSpan WaitFor(RequestCost cost)
    {
        var units = _resourceUnits.WaitFor(cost.ResourceUnits);
        var writes = _writes.WaitFor(cost.Writes);
        return units > writes ? units : writes;
    }

    public void Take(RequestCost cost)
    {
        _resourceUnits.Take(cost.ResourceUnits);
        _writes.Take(cost.Writes);
    }

    public void Done(RequestCost cost)
    {
        _resourceUnits.Done(cost.ResourceUnits);
        _writes.Done(cost.Writes);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
