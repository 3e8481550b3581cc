namespace Reanchor.GraphSimulator;

/// <summary>What one app may spend over all tenants: 150,000 resource units in 20 s and 35,000 writes in 5 minutes.</summary>
internal sealed class AppThrottle(TimeProvider clock)
{
    private readonly Dictionary<string, Meter[]> _meters = [];

    /// <summary>Guards every bucket: a request takes from all of its buckets or from none.</summary>
    public Lock Gate { get; } = new();

    public Meter[] For(string appId)
    {
        if (!_meters.TryGetValue(appId, out var meters))
        {
            meters =
            [
                new(new(150_000, TimeSpan.FromSeconds(20), clock), CountsWrites: false, "Application"),
                new(new(35_000, TimeSpan.FromMinutes(5), clock), CountsWrites: true, "Application"),
            ];
            _meters[appId] = meters;
        }

        return meters;
    }
}
