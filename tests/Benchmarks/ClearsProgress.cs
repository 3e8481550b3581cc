using System.Diagnostics;
using Reanchor.GraphSimulator;

namespace Reanchor.Benchmarks;

/// <summary>Watches the users of a tenant that are to be cleared, and collects every write before the simulator forgets it.</summary>
internal sealed class ClearsProgress(SimulatedCloud cloud, SimulatedTenant tenant, HashSet<Guid> chosen)
{
    private readonly Dictionary<long, RecordedRequest> _writes = [];
    private readonly long _before = cloud.Requests.Count;

    public SimulatedTenant Tenant => tenant;

    public IReadOnlySet<Guid> Chosen => chosen;

    /// <summary>How many of the chosen still have their anchor.</summary>
    public int Open => tenant.Users.Count(u => u.OnPremisesImmutableId is not null && chosen.Contains(u.Id));

    /// <returns>When 95 % of all were cleared, and when the last was.</returns>
    public static async Task<(TimeSpan Most, TimeSpan All)> WatchAsync(IReadOnlyList<ClearsProgress> all, Stopwatch clock)
    {
        var (count, most, minute) = (all.Sum(p => p.Chosen.Count), TimeSpan.Zero, 0);

        while (true)
        {
            await Task.Delay(TimeSpan.FromSeconds(1));
            var open = all.Sum(p => p.Open);
            most = most == TimeSpan.Zero && open <= count / 20 ? clock.Elapsed : most;

            foreach (var progress in all)
            {
                progress.CollectWrites();
            }

            if (open == 0)
            {
                return (most, clock.Elapsed);
            }

            if (clock.Elapsed.Minutes != minute)
            {
                minute = clock.Elapsed.Minutes;
                Console.Error.WriteLine($"{count - open:N0} of {count:N0} cleared after {clock.Elapsed.TotalSeconds:0} s");
            }
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
