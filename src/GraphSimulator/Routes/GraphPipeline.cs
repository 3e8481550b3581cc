using System.Globalization;
using System.Text;

namespace Reanchor.GraphSimulator;

/// <summary>Takes a request through log, faults, throttling, permissions and its route.</summary>
internal sealed class GraphPipeline(SimulatedCloud cloud)
{
    private static readonly string[] RecordedHeaders =
        ["ConsistencyLevel", "Prefer", "client-request-id", "Content-Type", "x-ms-throttle-priority"];

    public async Task<GraphResponse> AnswerAsync(GraphRequest request, CancellationToken cancellationToken)
    {
        var recorded = Record(request.Tenant.Id, request.AppId, request.Method, $"/{request.Version}{request.Target}", request.Headers, request.Body, request.BatchStep);
        var fault = cloud.Faults.Strike(request.Tenant.Id, request.Method, request.Target);

        if (fault is { Kind: FaultKind.CutBefore })
        {
            return GraphResponse.Cut();
        }

        if (fault is { Kind: FaultKind.Delay })
        {
            await Task.Delay(fault.Delay, cancellationToken);
        }

        var response = fault?.Kind switch
        {
            FaultKind.TooManyRequests => Fail(request, new(429, "TooManyRequests", "Too many requests."), fault.RetryAfter),
            FaultKind.BadGateway => Fail(request, new(502, "BadGateway", "The service could not be reached."), null),
            FaultKind.ServiceUnavailable => Fail(request, new(503, "ServiceUnavailable", "The service is temporarily unavailable."), fault.RetryAfter),
            _ => await ExecuteAsync(request, cancellationToken),
        };

        if (fault is { Kind: FaultKind.CutAfter } || response.IsCut)
        {
            return GraphResponse.Cut();
        }

        response.Headers["request-id"] = request.RequestId.ToString();
        response.Headers["client-request-id"] = request.ClientRequestId;
        recorded.Status = response.Status;
        return response;
    }

    /// <summary>Records a request that named no known tenant.</summary>
    public void RecordStranger(string method, string target, IReadOnlyDictionary<string, string> headers, byte[] body, int status) =>
        Record(null, null, method, target, headers, body, null).Status = status;

    private async Task<GraphResponse> ExecuteAsync(GraphRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (request is { Method: "POST", Segments: ["$batch"] })
            {
                return request.BatchStep is null
                    ? await new BatchRoute(this).AnswerAsync(request, cancellationToken)
                    : throw GraphRefusal.NotSimulated("a $batch inside a $batch");
            }

            var route = RouteTable.Find(request.Method, request.Segments);
            var verdict = route.Cost == 0 ? null : request.Tenant.Throttle.Charge(request.AppId, route.ResourceUnits(request), request.IsWrite);
            var response = verdict is { RetryAfter: not null } ? Throttled(request, verdict) : Answer(request, route);
            AddThrottleHeaders(response, verdict);
            return response;
        }
        catch (GraphRefusal refusal)
        {
            return Fail(request, refusal, retryAfter: null);
        }
    }

    private GraphResponse Answer(GraphRequest request, GraphRoute route)
    {
        try
        {
            return route.Permissions.Any(request.Tenant.Settings.PermissionsOf(request.AppId).Contains)
                ? route.Answer(request)
                : throw GraphRefusal.Denied();
        }
        catch (GraphRefusal refusal)
        {
            return Fail(request, refusal, retryAfter: null);
        }
    }

    private GraphResponse Throttled(GraphRequest request, ThrottleVerdict verdict)
    {
        var response = Fail(request, new(429, "TooManyRequests", "Too many requests."), verdict.RetryAfter);
        response.Headers["x-ms-throttle-scope"] = $"{verdict.Scope}/{verdict.Limit}/{request.AppId}/{request.Tenant.Id}";
        response.Headers["x-ms-throttle-information"] = verdict.Information;
        return response;
    }

    private static void AddThrottleHeaders(GraphResponse response, ThrottleVerdict? verdict)
    {
        if (verdict is null)
        {
            return;
        }

        response.Headers["x-ms-resource-unit"] = verdict.ResourceUnits.ToString(CultureInfo.InvariantCulture);

        if (verdict.UsedShare >= 0.8)
        {
            response.Headers["x-ms-throttle-limit-percentage"] = verdict.UsedShare.ToString("0.0#", CultureInfo.InvariantCulture);
        }
    }

    private GraphResponse Fail(GraphRequest request, GraphRefusal refusal, int? retryAfter)
    {
        var response = ErrorResponse.From(refusal, request.RequestId, request.ClientRequestId, cloud.Clock.GetUtcNow());

        if (retryAfter is { } seconds)
        {
            response.Headers["Retry-After"] = seconds.ToString(CultureInfo.InvariantCulture);
        }

        return response;
    }

    private RecordedRequest Record(
        Guid? tenantId, string? appId, string method, string target, IReadOnlyDictionary<string, string> headers, byte[] body, string? batchStep) =>
        cloud.Requests.Add(number => new()
        {
            Number = number,
            ReceivedAt = cloud.Clock.GetUtcNow(),
            TenantId = tenantId,
            AppId = appId,
            Method = method,
            Target = target,
            Headers = RecordedHeaders.Where(headers.ContainsKey).ToDictionary(name => name, name => headers[name], StringComparer.OrdinalIgnoreCase),
            Body = Encoding.UTF8.GetString(body),
            BatchStep = batchStep,
        });
}
