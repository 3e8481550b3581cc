using System.Diagnostics;
using Reanchor.GraphSimulator;

namespace Reanchor.Benchmarks;

/// <summary>Watches the users that are to be cleared, and collects every write before the simulator forgets it.</summary>
internal sealed class ClearsProgress(SimulatedCloud cloud, SimulatedTenant tenant, HashSet<Guid> chosen)
{
    private readonly Dictionary<long, RecordedRequest> _writes = [];
    private readonly long _before = cloud.Requests.Count;

    /// <summary>When 95 % were cleared.</summary>
    public TimeSpan Most { get; private set; }

    /// <summary>When the last was cleared.</summary>
    public TimeSpan All { get; private set; }

    public async Task UntilDoneAsync(Stopwatch clock)
    {
        while (All == TimeSpan.Zero)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            var open = tenant.Users.Count(u => u.OnPremisesImmutableId is not null && chosen.Contains(u.Id));
            Most = Most == TimeSpan.Zero && open <= chosen.Count / 20 ? clock.Elapsed : Most;
            All = open == 0 ? clock.Elapsed : All;
            CollectWrites();
        }
    }

    /// <summary>How often each user was written to. A request whose answer was lost has no status, and was carried out all the same.</summary>
    public Dictionary<Guid, int> EffectiveWrites()
    {
        CollectWrites();
        return _writes.Values
            .Where(r => r.Status is not (429 or 503))
            .CountBy(r => Guid.Parse(r.Target.Split('/')[^1]))
            .ToDictionary();
    }

    private void CollectWrites()
    {
        foreach (var request in cloud.Requests.For(tenant.Id, "PATCH").Where(r => r.Number > _before))
        {
            _writes.TryAdd(request.Number, request);
        }
    }
}
