using System.Diagnostics;
using Reanchor.GraphSimulator;

namespace Reanchor.Benchmarks;

/// <summary>The users of a tenant that are to be cleared, and the writes to them, collected before the simulator forgets them.</summary>
internal sealed class ClearsProgress(SimulatedTenant tenant, HashSet<Guid> chosen)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(2);

    private readonly List<RecordedRequest> _writes = [];

    public SimulatedTenant Tenant => tenant;

    public IReadOnlySet<Guid> Chosen => chosen;

    /// <summary>How many of the chosen were written to.</summary>
    public int Cleared => EffectiveWrites().Keys.Count(chosen.Contains);

    /// <returns>When 95 % of all were cleared, and when the last was.</returns>
    public static async Task<(TimeSpan Most, TimeSpan All)> WatchAsync(SimulatedCloud cloud, IReadOnlyList<ClearsProgress> all, Stopwatch clock)
    {
        var byTenant = all.ToDictionary(p => p.Tenant.Id);
        var (count, seen, most, minute) = (all.Sum(p => p.Chosen.Count), cloud.Requests.Count, TimeSpan.Zero, 0);

        while (true)
        {
            await Task.Delay(BetweenLooks);

            foreach (var request in cloud.Requests.All().Where(r => r.Number > seen))
            {
                seen = request.Number;

                if (request.Method == "PATCH" && byTenant.TryGetValue(request.TenantId.GetValueOrDefault(), out var progress))
                {
                    progress.Add(request);
                }
            }

            var cleared = all.Sum(p => p.Cleared);
            most = most == TimeSpan.Zero && cleared >= count * 0.95 ? clock.Elapsed : most;

            if (cleared == count)
            {
                return (most, clock.Elapsed);
            }

            if (clock.Elapsed.Minutes != minute)
            {
                minute = clock.Elapsed.Minutes;
                Console.Error.WriteLine($"{cleared:N0} of {count:N0} cleared after {clock.Elapsed.TotalSeconds:0} s");
            }
        }
    }

    /// <summary>How often each user was written to. A request whose answer was lost has no status, and was carried out all the same.</summary>
    public Dictionary<Guid, int> EffectiveWrites()
    {
        lock (_writes)
        {
            return _writes.Where(r => r.Status is not (429 or 503)).CountBy(r => Guid.Parse(r.Target.Split('/')[^1])).ToDictionary();
        }
    }

    private void Add(RecordedRequest request)
    {
        lock (_writes)
        {
            _writes.Add(request);
        }
    }
}
