namespace Reanchor.GraphSimulator;

/// <summary>Meters a tenant's requests: per app and tenant, per app, and writes of all apps to the tenant.</summary>
internal sealed class TenantThrottle(SimulatedTenant tenant)
{
    private readonly Dictionary<string, (ThrottleLimits Limits, Meter[] Meters)> _perApp = [];
    private Meter? _tenantWrites;

    public ThrottleVerdict Charge(string appId, int resourceUnits, bool isWrite)
    {
        var limits = tenant.Settings.Throttling ?? ThrottleLimits.ForTenantOf(tenant.UserCount);
        var app = tenant.Cloud.Throttle;

        lock (app.Gate)
        {
            _tenantWrites ??= new(new(18_000, TimeSpan.FromMinutes(5), tenant.Cloud.Clock), CountsWrites: true, "Tenant");
            Meter[] meters = [.. MetersOf(appId, limits), _tenantWrites, .. app.For(appId)];
            var usedShare = 0.0;

            foreach (var meter in meters)
            {
                var cost = meter.Cost(resourceUnits, isWrite);

                if (!meter.Bucket.Has(cost))
                {
                    return new()
                    {
                        ResourceUnits = resourceUnits,
                        RetryAfter = meter.Bucket.SecondsUntil(cost),
                        UsedShare = 1,
                        Scope = meter.Scope,
                        Limit = meter.CountsWrites ? "Write" : "ReadWrite",
                        Information = meter.CountsWrites ? "WriteLimitExceeded" : "ResourceUnitLimitExceeded",
                    };
                }
            }

            foreach (var meter in meters)
            {
                meter.Bucket.Take(meter.Cost(resourceUnits, isWrite));
                usedShare = Math.Max(usedShare, meter.Bucket.UsedShare);
            }

            return new() { ResourceUnits = resourceUnits, UsedShare = usedShare };
        }
    }

    private Meter[] MetersOf(string appId, ThrottleLimits limits)
    {
        // A new limit, set by a test or by the tenant's growth, starts with full buckets.
        if (!_perApp.TryGetValue(appId, out var entry) || entry.Limits != limits)
        {
            var clock = tenant.Cloud.Clock;
            entry = (limits,
            [
                new(new(limits.ResourceUnitsPer10Seconds, TimeSpan.FromSeconds(10), clock), CountsWrites: false, "Tenant_Application"),
                new(new(limits.WritesPer150Seconds, TimeSpan.FromSeconds(150), clock), CountsWrites: true, "Tenant_Application"),
            ]);
            _perApp[appId] = entry;
        }

        return entry.Meters;
    }
}
