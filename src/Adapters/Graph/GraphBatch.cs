using System.Net;
using System.Text.Json;
using Microsoft.Graph;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Reanchor.Scanning;
using Reanchor.Telemetry;

namespace Reanchor.Adapters.Graph;

/// <summary>
/// Sends up to 20 reads in one request. The envelope is 200 even when steps inside are throttled, and nothing retries those but
/// this: only the steps that were refused or failed, after the longest wait that any of them asked for. Very few are sent as requests
/// of their own, side by side: each then waits for itself alone while Graph is busy, and its answer tells the throttle of Graph's limits.
/// </summary>
internal static class GraphBatch
{
    public const int MaxSteps = 20;

    /// <summary>What one user's clear asks at a time.</summary>
    private const int VeryFew = 2;

    private const int Attempts = 4;

    /// <param name="paths">Relative to the version, at most <see cref="MaxSteps"/>.</param>
    /// <returns>The answers in the order of <paramref name="paths"/>.</returns>
    public static async Task<IReadOnlyList<GraphBatchAnswer>> SendAsync(
        GraphTenantClient client, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var answers = new GraphBatchAnswer?[paths.Count];

        for (var attempt = 1; ; attempt++)
        {
            var open = Enumerable.Range(0, paths.Count).Where(i => answers[i] is not { IsWorthARetry: false }).ToList();
            await (paths.Count <= VeryFew
                ? Task.WhenAll(open.Select(async i => answers[i] = await GetAsync(client, paths[i], cancellationToken)))
                : SendStepsAsync(client, paths, open, answers, cancellationToken));
            var unanswered = answers.Where(a => a!.IsWorthARetry).ToList();

            // A step that keeps failing is one user's unknown; throttling is the whole tenant's.
            if (unanswered.Count == 0 || (attempt == Attempts && !unanswered.Exists(a => a!.IsThrottled)))
            {
                return answers!;
            }

            var wait = unanswered.Max(a => a!.RetryAfter) ?? TenantThrottle.Backoff(attempt);

            if (attempt == Attempts || wait > TenantThrottle.LongestWait)
            {
                throw new DirectoryUnavailableException($"Graph answered {unanswered.MaxBy(a => a!.RetryAfter)!.Describe()}") { RetryAfter = wait };
            }

            await Task.Delay(wait, cancellationToken);
        }
    }

    /// <summary>As many batches as it takes, one after the other.</summary>
    /// <returns>The answers in the order of <paramref name="paths"/>.</returns>
    public static async Task<IReadOnlyList<GraphBatchAnswer>> SendAllAsync(
        GraphTenantClient client, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var answers = new List<GraphBatchAnswer>(paths.Count);

        foreach (var some in paths.Chunk(MaxSteps))
        {
            answers.AddRange(await SendAsync(client, some, cancellationToken));
        }

        return answers;
    }

    /// <summary>Reads lists to their last page.</summary>
    /// <returns>The lists in the order of <paramref name="paths"/>.</returns>
    public static async Task<IReadOnlyList<GraphBatchList>> ListAsync(
        GraphTenantClient client, IReadOnlyList<string> paths, CancellationToken cancellationToken)
    {
        var lists = paths.Select(path => new GraphBatchList(path)).ToList();

        while (lists.Where(list => list.Next is not null).ToList() is { Count: > 0 } open)
        {
            var answers = await SendAllAsync(client, [.. open.Select(list => list.Next!)], cancellationToken);

            foreach (var (list, answer) in open.Zip(answers))
            {
                list.Add(answer, client.Graph.RequestAdapter.BaseUrl!);
            }
        }

        return lists;
    }

    private static async Task<GraphBatchAnswer> GetAsync(GraphTenantClient client, string path, CancellationToken cancellationToken)
    {
        var request = new RequestInformation(Method.GET, client.Graph.RequestAdapter.BaseUrl + path, new Dictionary<string, object>());
        request.Headers.Add("Accept", "application/json");

        try
        {
            return await GraphCall.SendAsync(
                async () =>
                {
                    await using var body = await client.Graph.RequestAdapter
                        .SendPrimitiveAsync<Stream>(request, GraphCall.Errors, cancellationToken) ?? Stream.Null;
                    return new GraphBatchAnswer(
                        HttpStatusCode.OK, await JsonSerializer.DeserializeAsync<JsonElement>(body, cancellationToken: cancellationToken), null);
                },
                cancellationToken);
        }
        catch (ApiException ex)
        {
            return Answer(ex);
        }
        catch (DirectoryUnavailableException ex) when (ex is { RetryAfter: null, InnerException: ApiException { ResponseStatusCode: 408 or >= 500 } failed })
        {
            // As of a step: sent again, and in the end one user's unknown, whatever else can be read.
            return Answer(failed);
        }

        static GraphBatchAnswer Answer(ApiException ex) => new(
            (HttpStatusCode)ex.ResponseStatusCode,
            JsonSerializer.SerializeToElement(new
            {
                error = new { code = (ex as ODataError)?.Error?.Code ?? "", message = (ex as ODataError)?.Error?.Message ?? ex.Message },
            }),
            null);
    }

    private static async Task SendStepsAsync(
        GraphTenantClient client,
        IReadOnlyList<string> paths,
        IReadOnlyList<int> open,
        GraphBatchAnswer?[] answers,
        CancellationToken cancellationToken)
    {
        var batch = new BatchRequestContentCollection(client.Graph);

        foreach (var i in open)
        {
            // Encoded twice, because the SDK decodes the address of a step before it sends it: the + of an anchor would arrive as a
            // space, and nobody would be found.
            var step = new HttpRequestMessage(
                HttpMethod.Get, client.Graph.RequestAdapter.BaseUrl + paths[i].Replace("%", "%25", StringComparison.Ordinal));
            ThrottleHandler.SetPriority(step);
            batch.AddBatchRequestStep(new BatchRequestStep($"{i}", step));
        }

        try
        {
            var response = await GraphCall.SendAsync(
                () => client.Graph.Batch.PostAsync(batch, cancellationToken), cancellationToken);

            foreach (var i in open)
            {
                using var step = await response.GetResponseByIdAsync($"{i}");
                var text = step.Content is null ? "" : await step.Content.ReadAsStringAsync(cancellationToken);

                answers[i] = new(
                    step.StatusCode,
                    text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text),
                    ThrottleHandler.AskedFor(step, TimeProvider.System.GetUtcNow()));

                if (answers[i]!.IsThrottled)
                {
                    Metrics.GraphWasBusy(client.Tenant, (int)step.StatusCode);
                }
            }
        }
        catch (ApiException ex)
        {
            throw new DirectoryUnavailableException($"A batch was refused. Graph answered {GraphCall.Describe(ex)}", ex);
        }
    }
}
