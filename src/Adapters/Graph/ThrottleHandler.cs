using System.Text.Json;
using Reanchor.Scanning;
using Reanchor.Telemetry;
using Reanchor.Tenants;

namespace Reanchor.Adapters.Graph;

/// <summary>
/// The one place that decides about retries of requests to Graph. A request waits for its turn. A read that Graph is too busy for is
/// sent again after a short wait; after a long one, and for every write, the answer goes to the caller with the wait in Retry-After,
/// and the command back to its queue. Nothing else of what may go wrong is sent again here.
/// </summary>
internal sealed class ThrottleHandler(TenantId tenant, TenantThrottle throttle, TimeProvider clock) : DelegatingHandler
{
    private const int Attempts = 5;

    /// <summary>Requests of scans can wait; Graph serves the others first when it is busy.</summary>
    public static void SetPriority(HttpRequestMessage request)
    {
        if (RequestPriority.IsLow)
        {
            request.Headers.Add("x-ms-throttle-priority", "Low");
        }
    }

    /// <returns>The time in Retry-After, given in seconds or as a date, never negative; <see langword="null"/> without it.</returns>
    public static TimeSpan? AskedFor(HttpResponseMessage response, DateTimeOffset now) =>
        response.Headers.RetryAfter is not { } header ? null
        : (header.Delta ?? (header.Date - now)) is { } wait && wait > TimeSpan.Zero ? wait
        : TimeSpan.Zero;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var isBatch = request.RequestUri!.AbsolutePath.EndsWith("/$batch", StringComparison.Ordinal);
        var isWrite = request.Method != HttpMethod.Get && !isBatch;
        var cost = new RequestCost(isBatch ? await CountStepsAsync(request, cancellationToken) : 1, isWrite ? 1 : 0);
        SetPriority(request);

        for (var attempt = 1; ; attempt++)
        {
            var response = await SendInTurnAsync(request, cost, cancellationToken);

            if (throttle.Learn(response, cost, AskedFor(response, clock.GetUtcNow()), attempt) is not { } refusal)
            {
                return response;
            }

            Metrics.GraphWasBusy(tenant, (int)response.StatusCode);

            if (isWrite || attempt == Attempts || refusal.Wait > TenantThrottle.LongestWait)
            {
                response.Headers.RetryAfter = new(TimeSpan.FromSeconds(Math.Ceiling(refusal.Wait.TotalSeconds)));
                return response;
            }

            response.Dispose();

            if (!refusal.Closes)
            {
                await Task.Delay(refusal.Wait, clock, cancellationToken);
            }
        }
    }

    private async Task<HttpResponseMessage> SendInTurnAsync(HttpRequestMessage request, RequestCost cost, CancellationToken cancellationToken)
    {
        await throttle.EnterAsync(cost, cancellationToken);

        try
        {
            return await base.SendAsync(request, cancellationToken);
        }
        finally
        {
            throttle.Leave(cost);
        }
    }

    /// <summary>Each step of a batch is metered by itself. All steps are reads. Reading the body keeps it for a second sending.</summary>
    private static async Task<int> CountStepsAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        using var body = JsonDocument.Parse(await request.Content!.ReadAsByteArrayAsync(cancellationToken));
        return body.RootElement.GetProperty("requests").GetArrayLength();
    }
}
