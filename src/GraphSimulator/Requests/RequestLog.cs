namespace Reanchor.GraphSimulator;

/// <summary>The last requests, in order of arrival. Older ones are forgotten past <see cref="Capacity"/>.</summary>
public sealed class RequestLog
{
    public const int Capacity = 100_000;

    private readonly Lock _gate = new();
    private readonly Queue<RecordedRequest> _requests = [];
    private long _count;

    /// <summary>How many requests have arrived since the start, forgotten ones included.</summary>
    public long Count => Interlocked.Read(ref _count);

    public IReadOnlyList<RecordedRequest> All()
    {
        lock (_gate)
        {
            return [.. _requests];
        }
    }

    public IReadOnlyList<RecordedRequest> For(Guid tenantId, string? method = null)
    {
        lock (_gate)
        {
            return [.. _requests.Where(request =>
                request.TenantId == tenantId
                && (method is null || request.Method.Equals(method, StringComparison.OrdinalIgnoreCase)))];
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _requests.Clear();
        }
    }

    internal RecordedRequest Add(Func<long, RecordedRequest> create)
    {
        lock (_gate)
        {
            var request = create(Interlocked.Increment(ref _count));
            _requests.Enqueue(request);

            if (_requests.Count > Capacity)
            {
                _requests.Dequeue();
            }

            return request;
        }
    }
}
