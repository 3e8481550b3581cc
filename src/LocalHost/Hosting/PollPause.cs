namespace Reanchor.LocalHost.Hosting;

/// <summary>Pauses between looks at an empty queue: doubling, and random so that pumps do not keep step with each other.</summary>
internal sealed class PollPause(TimeSpan longest)
{
    /// <summary>The Functions host may wait a minute; a person at this machine waits for what happens.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private readonly TimeSpan _longest = longest < Longest ? longest : Longest;
    private TimeSpan _next = Shortest;

    public TimeSpan Next()
    {
        var pause = _next * (0.8 + (0.4 * Random.Shared.NextDouble()));
        _next = _next * 2 > _longest ? _longest : _next * 2;
        return pause > _longest ? _longest : pause;
    }

    public void Reset() => _next = Shortest;
}
