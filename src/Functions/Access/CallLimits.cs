using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Reanchor.Functions.Access;

/// <summary>How often one caller may call, and how often one network may fail to sign in. Each process counts for itself.</summary>
public sealed class CallLimits(IOptions<AccessOptions> access) : IDisposable
{
    private readonly PartitionedRateLimiter<string> _calls = PerMinute(access.Value.RequestsPerMinute);
    private readonly PartitionedRateLimiter<string> _failures = PerMinute(access.Value.FailedSignInsPerMinute);
    private readonly PartitionedRateLimiter<string> _warnings = PerMinute(1);

    /// <param name="caller">Who calls; their network, where nobody signs in.</param>
    /// <returns>How long they have to wait; <see langword="null"/> when they may call now.</returns>
    public TimeSpan? Call(string caller) => Take(_calls, caller);

    /// <summary>Counts a sign-in that failed.</summary>
    /// <returns>How long the network has to wait; <see langword="null"/> while it has not failed too often.</returns>
    public TimeSpan? Fail(string network) => Take(_failures, network);

    /// <returns>How long the network has to wait; <see langword="null"/> while it has not failed too often.</returns>
    public TimeSpan? HasFailed(string network) =>
        _failures.GetStatistics(network) is { CurrentAvailablePermits: < 1 }
            ? TimeSpan.FromMinutes(1) / access.Value.FailedSignInsPerMinute
            : null;

    /// <summary>Whether to log that a network has failed too often: once a minute, or the log would be the next victim.</summary>
    public bool MayWarn(string network) => Take(_warnings, network) is null;

    public void Dispose()
    {
        _calls.Dispose();
        _failures.Dispose();
        _warnings.Dispose();
    }

    private static TimeSpan? Take(PartitionedRateLimiter<string> limiter, string partition)
    {
        using var lease = limiter.AttemptAcquire(partition);

        return lease.IsAcquired ? null
            : lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait
            : TimeSpan.FromSeconds(1);
    }

    private static PartitionedRateLimiter<string> PerMinute(int limit)
    {
        // At least a second, for a period as short as the limiter's own clock would lose tokens.
        var perPeriod = Math.Max(1, limit / 60);

        return PartitionedRateLimiter.Create<string, string>(
            name => RateLimitPartition.GetTokenBucketLimiter(
                name,
                _ => new()
                {
                    TokenLimit = limit,
                    TokensPerPeriod = perPeriod,
                    ReplenishmentPeriod = TimeSpan.FromMinutes(1) * perPeriod / limit,
                    QueueLimit = 0,
                }),
            StringComparer.Ordinal);
    }
}
