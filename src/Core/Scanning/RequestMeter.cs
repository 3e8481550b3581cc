namespace Reanchor.Scanning;

/// <summary>Counts the requests to a directory made on behalf of the current flow of work, retries included.</summary>
public sealed class RequestMeter : IDisposable
{
    private static readonly AsyncLocal<RequestMeter?> Active = new();
    private readonly RequestMeter? _outer;
    private int _count;

    private RequestMeter() => (_outer, Active.Value) = (Active.Value, this);

    public int Count => Volatile.Read(ref _count);

    /// <summary>Counts until it is disposed. Start it in the method that disposes it.</summary>
    public static RequestMeter Start() => new();

    /// <summary>Called by the adapter once for each request it sends.</summary>
    public static void Tick()
    {
        for (var meter = Active.Value; meter is not null; meter = meter._outer)
        {
            Interlocked.Increment(ref meter._count);
        }
    }

    public void Dispose() => Active.Value = _outer;
}
