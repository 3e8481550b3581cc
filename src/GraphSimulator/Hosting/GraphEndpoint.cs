using Microsoft.AspNetCore.Http.Features;

namespace Reanchor.GraphSimulator;

/// <summary>Carries Graph requests between ASP.NET Core and the pipeline.</summary>
internal sealed class GraphEndpoint(SimulatedCloud cloud)
{
    private const int MaxBody = 4 * 1024 * 1024;
    private readonly GraphPipeline _pipeline = new(cloud);

    public async Task AnswerAsync(HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        var rawTarget = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        var headers = context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        var body = await ReadBodyAsync(context.Request, cancellationToken);
        GraphResponse response;

        try
        {
            var request = Read(context.Request, rawTarget, headers, body);
            response = await _pipeline.AnswerAsync(request, cancellationToken);
        }
        catch (GraphRefusal refusal)
        {
            _pipeline.RecordStranger(context.Request.Method, rawTarget, headers, body, refusal.Status);
            response = Refuse(refusal, headers);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A bug of the simulator must not pass for an answer of Graph's.
            response = Refuse(new(500, "SimulatorFailure", exception.ToString()), headers);
        }

        await SendAsync(context, response, cancellationToken);
    }

    private GraphRequest Read(HttpRequest request, string rawTarget, Dictionary<string, string> headers, byte[] body)
    {
        var token = BearerToken.Read(headers.GetValueOrDefault("Authorization"), cloud.Clock.GetUtcNow());
        var tenant = cloud.FindTenant(token.TenantId)
            ?? throw NotConsented(token.TenantId);
        var version = Version(rawTarget) ?? throw GraphRefusal.NotSimulated($"{request.Method} {request.Path}: only /v1.0 and /beta are known");
        var target = rawTarget[(version.Length + 1)..];
        var (segments, query) = RequestTarget.Split(target);

        return body.Length > MaxBody
            ? throw new GraphRefusal(413, "RequestEntityTooLarge", "The request body is over 4 MB.")
            : new()
            {
                Method = request.Method.ToUpperInvariant(),
                Version = version,
                Target = target,
                Segments = segments,
                Query = query,
                Headers = headers,
                Body = body,
                Origin = $"{request.Scheme}://{request.Host}",
                Tenant = tenant,
                AppId = token.AppId,
            };
    }

    /// <summary>As in a tenant without the application's service principal (Microsoft's support article of this sentence).</summary>
    private static GraphRefusal NotConsented(Guid tenant) => new(
        401, "Authorization_IdentityNotFound", $"The identity of the calling application could not be established. The simulator has no tenant {tenant}.");

    private static string? Version(string rawTarget) =>
        rawTarget.StartsWith("/v1.0/", StringComparison.OrdinalIgnoreCase) ? "v1.0"
        : rawTarget.StartsWith("/beta/", StringComparison.OrdinalIgnoreCase) ? "beta"
        : null;

    // Reads one byte past the limit at most, so that an endless body cannot fill the memory.
    private static async Task<byte[]> ReadBodyAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;

        while (body.Length <= MaxBody && (read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            body.Write(buffer, 0, read);
        }

        return body.ToArray();
    }

    private GraphResponse Refuse(GraphRefusal refusal, Dictionary<string, string> headers)
    {
        var requestId = Guid.NewGuid();
        var clientRequestId = headers.GetValueOrDefault("client-request-id") ?? requestId.ToString();
        var response = ErrorResponse.From(refusal, requestId, clientRequestId, cloud.Clock.GetUtcNow());
        response.Headers["request-id"] = requestId.ToString();
        response.Headers["client-request-id"] = clientRequestId;

        if (refusal.Status == 401)
        {
            response.Headers["WWW-Authenticate"] = "Bearer";
        }

        return response;
    }

    private static async Task SendAsync(HttpContext context, GraphResponse response, CancellationToken cancellationToken)
    {
        if (response.IsCut)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = response.Status;

        foreach (var (name, value) in response.Headers)
        {
            context.Response.Headers[name] = value;
        }

        if (response.ContentType is { } type)
        {
            context.Response.ContentType = type;
            context.Response.ContentLength = response.Body.Length;
            await context.Response.Body.WriteAsync(response.Body, cancellationToken);
        }
    }
}
