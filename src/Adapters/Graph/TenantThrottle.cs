using System.Globalization;
using System.Net;
using Reanchor.Scanning;

namespace Reanchor.Adapters.Graph;

/// <summary>
/// Decides when a request to one tenant may leave, from Graph's limits and from what its answers say. It knows of this process
/// alone: other instances are felt through Graph's answers.
/// </summary>
/// <remarks>
/// Not <c>System.Threading.RateLimiting</c>: its limiters cannot be corrected by an answer, say how long a wait will be before it is
/// begun, or run on a <see cref="TimeProvider"/>.
/// </remarks>
internal sealed class TenantThrottle(ThrottleScope application, TimeProvider clock)
{
    /// <summary>A shorter wait is not worth another delivery; during a longer one the worker can serve somebody else.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    /// <summary>From this share on, answers carry x-ms-throttle-limit-percentage.</summary>
    private const double ShownFrom = 0.8;

    /// <summary>A refusal that names no scope speaks for its request; so many in a row speak for the tenant.</summary>
    private const int ManyRefusals = 10;

    /// <summary>How many requests may wait for a tenant that is closed; one that is often closed must not fill the host's workers.</summary>
    private const int MaxWaiting = 2;

    /// <param name="Wait">Before the request is sent again.</param>
    /// <param name="Closes">It holds for the whole tenant or application: <see cref="EnterAsync"/> sees to the wait.</param>
    internal readonly record struct Refusal(TimeSpan Wait, bool Closes);

    private readonly ThrottleScope _tenant = ThrottleScope.OfTenant(clock);
    private int _refusals;
    private int _waiting;

    /// <param name="refusals">How many there have been in a row, from 1.</param>
    public static TimeSpan Backoff(int refusals)
    {
        var wait = TimeSpan.FromSeconds(0.5) * Math.Pow(2, Math.Min(refusals - 1, 10));
        return wait < LongestBackoff ? wait : LongestBackoff;
    }

    /// <summary>Waits for the request's turn, and takes what it costs. <see cref="Leave"/> must follow.</summary>
    /// <exception cref="DirectoryUnavailableException">Its turn is too far off. Nothing was taken.</exception>
    public async Task EnterAsync(RequestCost cost, CancellationToken cancellationToken)
    {
        TimeSpan wait;
        bool closed;

        lock (application.Gate)
        {
            var shut = Longer(_tenant.ClosedFor, application.ClosedFor);
            wait = Longer(shut, Longer(_tenant.WaitFor(cost), application.WaitFor(cost)));
            closed = shut > TimeSpan.Zero;

            if (wait > LongestWait || (closed && _waiting >= MaxWaiting))
            {
                throw new DirectoryUnavailableException($"Graph takes no more requests for {wait.TotalSeconds:0.0} s.")
                {
                    RetryAfter = wait,
                    NothingDone = true,
                };
            }

            _tenant.Take(cost);
            application.Take(cost);
            _waiting += closed ? 1 : 0;
        }

        if (wait <= TimeSpan.Zero)
        {
            return;
        }

        try
        {
            await Task.Delay(wait, clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Leave(cost);
            throw;
        }
        finally
        {
            lock (application.Gate)
            {
                _waiting -= closed ? 1 : 0;
            }
        }
    }

    /// <summary>The request has ended, answered or not.</summary>
    public void Leave(RequestCost cost)
    {
        lock (application.Gate)
        {
            _tenant.Done(cost);
            application.Done(cost);
        }
    }

    /// <summary>Takes in what an answer says of the limits.</summary>
    /// <param name="asked">What its Retry-After asks for; <see langword="null"/> without one.</param>
    /// <returns><see langword="null"/> when Graph was not busy.</returns>
    public Refusal? Learn(HttpResponseMessage response, RequestCost cost, TimeSpan? asked)
    {
        lock (application.Gate)
        {
            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
            {
                return LearnRefusal(Text(response, "x-ms-throttle-scope"), asked);
            }

            _refusals = 0;

            if (Number(response, "x-ms-resource-unit") is { } units)
            {
                LearnUse(Math.Max(0, (int)units - cost.ResourceUnits), Number(response, "x-ms-throttle-limit-percentage"));
            }

            return null;
        }
    }

    private Refusal LearnRefusal(string? scope, TimeSpan? asked)
    {
        _refusals++;
        var wait = asked ?? Backoff(_refusals);

        if (scope is null && _refusals < ManyRefusals)
        {
            return new(wait, Closes: false);
        }

        (scope?.StartsWith("Application/", StringComparison.OrdinalIgnoreCase) is true ? application : _tenant).Close(wait);
        return new(wait, Closes: true);
    }

    /// <param name="more">Units beyond those that were taken already.</param>
    /// <param name="share">Of the limit that is nearest, from 0.8 on; more than 1 when it is exceeded.</param>
    private void LearnUse(int more, double? share)
    {
        var correction = new RequestCost(more, 0);
        _tenant.Take(correction);
        _tenant.Done(correction);
        application.Take(correction);
        application.Done(correction);

        var used = Math.Min(share ?? ShownFrom, 1);
        List<ThrottleBucket> buckets = [.. _tenant.Buckets, .. application.Buckets];
        buckets.ForEach(bucket => bucket.UsesAtMost(used));

        if (share is not null)
        {
            buckets.MaxBy(bucket => bucket.UsedShare)!.UsesAtLeast(used);
        }
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static string? Text(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) ? values.FirstOrDefault() : null;

    private static double? Number(HttpResponseMessage response, string header) =>
        double.TryParse(Text(response, header), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
