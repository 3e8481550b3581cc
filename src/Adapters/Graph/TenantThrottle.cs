using System.Globalization;
using System.Net;
using Reanchor.Scanning;

namespace Reanchor.Adapters.Graph;

/// <summary>
/// Decides when a request to one tenant may leave, from Graph's limits and from what its answers say. It knows of this process
/// alone: other instances are felt through Graph's answers.
/// </summary>
/// <remarks>
/// Not <c>System.Threading.RateLimiting</c>: its limiters cannot be corrected by an answer, say how long a wait will be before it
/// is begun, or run on a <see cref="TimeProvider"/>.
/// </remarks>
internal sealed class TenantThrottle(ThrottleScope application, TimeProvider clock)
{
    /// <summary>A shorter wait is not worth another delivery; during a longer one the worker can serve somebody else.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>A write has reads behind it that another delivery would have to repeat, so it stands in line a little longer.</summary>
    private static readonly TimeSpan LongestTurnOfWrites = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    /// <summary>From this share on, answers carry x-ms-throttle-limit-percentage.</summary>
    private const double ShownFrom = 0.8;

    /// <summary>A refusal that names no scope speaks for its request; so many in a row speak for the tenant.</summary>
    private const int ManyRefusals = 10;

    /// <summary>How many requests may wait for a tenant that is closed; one that is often closed must not fill the host's workers.</summary>
    private const int MaxWaiting = 2;

    /// <summary>
    /// How many writes may stand in line: 0.4 s of what Graph takes, so the line does not run dry. Each holds a worker, and a tenant with
    /// thousands of them must leave some to the others.
    /// </summary>
    private const int MaxWritesInLine = 8;

    /// <param name="Wait">Before the request is sent again.</param>
    /// <param name="Closes">It holds for more than the request: <see cref="EnterAsync"/> sees to the wait.</param>
    internal readonly record struct Refusal(TimeSpan Wait, bool Closes);

    private readonly ThrottleScope _tenant = ThrottleScope.OfTenant(clock);
    private int _refusals;
    private int _closings;
    private int _waiting;
    private int _writesInLine;

    /// <param name="times">How many refusals there have been in a row, from 1.</param>
    public static TimeSpan Backoff(int times)
    {
        var wait = FirstBackoff * Math.Pow(2, Math.Min(times - 1, 10));
        return wait < LongestBackoff ? wait : LongestBackoff;
    }

    /// <summary>For work that will come to such a request: nothing is taken.</summary>
    /// <exception cref="DirectoryUnavailableException">Its turn is too far off, or the line is full.</exception>
    public void Expect(RequestCost cost)
    {
        lock (application.Gate)
        {
            if (WaitFor(cost, out var isTooLong) is var wait && (isTooLong || LineIsFull(cost, wait)))
            {
                throw TurnedAway(wait);
            }
        }
    }

    /// <summary>Waits for the request's turn, and takes what it costs. <see cref="Leave"/> must follow.</summary>
    /// <exception cref="DirectoryUnavailableException">Its turn is too far off, or the line is full. Nothing was taken.</exception>
    public async Task EnterAsync(RequestCost cost, CancellationToken cancellationToken)
    {
        TimeSpan wait;
        bool closed;

        lock (application.Gate)
        {
            wait = WaitFor(cost, out var isTooLong);
            closed = _tenant.IsClosed || application.IsClosed;

            if (isTooLong || (closed && _waiting >= MaxWaiting) || LineIsFull(cost, wait))
            {
                throw TurnedAway(wait);
            }

            _tenant.Take(cost);
            application.Take(cost);

            if (wait <= TimeSpan.Zero)
            {
                return;
            }

            _waiting += closed ? 1 : 0;
            _writesInLine += cost.Writes;
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
                _writesInLine -= cost.Writes;
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
    /// <param name="attempt">How often the request has been sent, from 1.</param>
    /// <returns><see langword="null"/> when Graph was not busy.</returns>
    public Refusal? Learn(HttpResponseMessage response, RequestCost cost, TimeSpan? asked, int attempt)
    {
        lock (application.Gate)
        {
            if (response.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout)
            {
                return Text(response, "x-ms-throttle-scope") is { } scope
                    ? LearnLimit(scope.Split('/'), cost, asked ?? Backoff(attempt))
                    : LearnRefusal(asked, attempt);
            }

            (_refusals, _closings) = (0, 0);
            _tenant.Accept(cost);
            application.Accept(cost);

            if (Number(response, "x-ms-resource-unit") is { } units)
            {
                LearnUse(Math.Max(0, (int)units - cost.ResourceUnits), Number(response, "x-ms-throttle-limit-percentage"));
            }

            return null;
        }
    }

    /// <param name="named">Whose limit, of what, and ids (Learn, Microsoft Graph throttling guidance, x-ms-throttle-scope).</param>
    /// <param name="wait">How long Graph wants to be left alone.</param>
    private Refusal LearnLimit(string[] named, RequestCost cost, TimeSpan wait)
    {
        var scope = Is(named[0], "Application") ? application : _tenant;
        var onlyWrites = named is [_, var limit, ..] && Is(limit, "Write");

        // The others that were under way when the limit was met are refused as well, and say nothing new.
        if (scope.ClosedFor(cost) <= TimeSpan.Zero)
        {
            scope.Refuse(wait, onlyWrites);
        }

        return new(wait, Closes: true);
    }

    private Refusal LearnRefusal(TimeSpan? asked, int attempt)
    {
        if (_tenant.IsClosed)
        {
            // It had left before the tenant was closed.
            return new(asked ?? Backoff(attempt), Closes: true);
        }

        if (++_refusals < ManyRefusals)
        {
            return new(asked ?? Backoff(attempt), Closes: false);
        }

        var wait = asked ?? Backoff(++_closings);
        _tenant.Close(wait);
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

    /// <param name="wait">Whoever need not wait is not in line.</param>
    private bool LineIsFull(RequestCost cost, TimeSpan wait) =>
        cost.Writes > 0 && wait > TimeSpan.Zero && _writesInLine >= MaxWritesInLine;

    private TimeSpan WaitFor(RequestCost cost, out bool isTooLong)
    {
        var shut = Longer(_tenant.ClosedFor(cost), application.ClosedFor(cost));
        var wait = Longer(shut, Longer(_tenant.WaitFor(cost), application.WaitFor(cost)));
        isTooLong = shut > LongestWait || wait > (cost.Writes > 0 ? LongestTurnOfWrites : LongestWait);
        return wait;
    }

    private static DirectoryUnavailableException TurnedAway(TimeSpan wait) =>
        new($"Graph takes no more requests for {wait.TotalSeconds:0.0} s.") { RetryAfter = wait, NothingDone = true };

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static bool Is(string word, string other) => word.Equals(other, StringComparison.OrdinalIgnoreCase);

    private static string? Text(HttpResponseMessage response, string header) =>
        response.Headers.TryGetValues(header, out var values) ? values.FirstOrDefault() : null;

    private static double? Number(HttpResponseMessage response, string header) =>
        double.TryParse(Text(response, header), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
