using System.Text;
using System.Text.Json;

namespace Reanchor.GraphSimulator;

/// <summary>JSON batching: up to 20 steps, each with its own headers, metering and answer.</summary>
internal sealed class BatchRoute(GraphPipeline pipeline)
{
    private const int MaxSteps = 20;

    public async Task<GraphResponse> AnswerAsync(GraphRequest envelope, CancellationToken cancellationToken)
    {
        envelope.Query.Allow();
        var steps = Read(envelope);
        var answers = new List<(string Id, GraphResponse Response)>();

        foreach (var step in steps)
        {
            var response = await pipeline.AnswerAsync(step, cancellationToken);

            if (response.IsCut)
            {
                return response;
            }

            answers.Add((step.BatchStep!, response));
        }

        return new()
        {
            Status = 200,
            ContentType = "application/json",
            Body = EntityWriter.Write(json => Write(json, answers)),
        };
    }

    private static List<GraphRequest> Read(GraphRequest envelope)
    {
        using var document = Parse(envelope.Body);

        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("requests", out var requests)
            || requests.ValueKind != JsonValueKind.Array
            || requests.GetArrayLength() == 0)
        {
            throw Invalid("Invalid batch payload format.");
        }

        if (requests.GetArrayLength() > MaxSteps)
        {
            throw Invalid($"Number of batch request steps exceeds the maximum value of {MaxSteps}.");
        }

        var steps = requests.EnumerateArray().Select(step => ReadStep(envelope, step)).ToList();
        var duplicate = steps.GroupBy(step => step.BatchStep).FirstOrDefault(group => group.Count() > 1);
        return duplicate is null ? steps : throw Invalid($"Request Id '{duplicate.Key}' is duplicated in batch.");
    }

    private static GraphRequest ReadStep(GraphRequest envelope, JsonElement step)
    {
        var id = Text(step, "id") ?? throw Invalid("A batch request has no id.");
        var method = (Text(step, "method") ?? throw Invalid($"Batch request {id} has no method.")).ToUpperInvariant();
        var url = Text(step, "url") ?? throw Invalid($"Batch request {id} has no url.");

        if (step.TryGetProperty("dependsOn", out _))
        {
            throw GraphRefusal.NotSimulated("dependsOn in a $batch");
        }

        if (url.Contains("://", StringComparison.Ordinal))
        {
            throw Invalid($"Batch request {id}: the url must be relative.");
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

        if (step.TryGetProperty("headers", out var given) && given.ValueKind == JsonValueKind.Object)
        {
            foreach (var header in given.EnumerateObject())
            {
                headers[header.Name] = header.Value.ToString();
            }
        }

        var body = step.TryGetProperty("body", out var content) ? Encoding.UTF8.GetBytes(content.GetRawText()) : [];

        if (method is "PATCH" or "POST" or "PUT" && (body.Length == 0 || !headers.ContainsKey("Content-Type")) && !IsAction(url))
        {
            throw Invalid($"Write request id : {id} does not contain Content-Type header or body.");
        }

        var target = url.StartsWith('/') ? url : "/" + url;
        var (segments, query) = RequestTarget.Split(target);
        return envelope with
        {
            Method = method,
            Target = target,
            Segments = segments,
            Query = query,
            Headers = headers,
            Body = body,
            RequestId = Guid.NewGuid(),
            BatchStep = id,
        };
    }

    // Actions such as restore are posted without a body.
    private static bool IsAction(string url) => url.EndsWith("/restore", StringComparison.OrdinalIgnoreCase);

    private static void Write(Utf8JsonWriter json, List<(string Id, GraphResponse Response)> answers)
    {
        json.WriteStartArray("responses");

        foreach (var (id, response) in answers)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteNumber("status", response.Status);
            json.WriteStartObject("headers");

            foreach (var (name, value) in response.Headers)
            {
                json.WriteString(name, value);
            }

            if (response.ContentType is { } type)
            {
                json.WriteString("Content-Type", type);
            }

            json.WriteEndObject();

            if (response.ContentType is "text/plain")
            {
                json.WriteString("body", response.Body.Span);
            }
            else if (response.Body.Length > 0)
            {
                json.WritePropertyName("body");
                json.WriteRawValue(response.Body.Span);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static JsonDocument Parse(byte[] body)
    {
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            throw Invalid("Invalid batch payload format.");
        }
    }

    private static string? Text(JsonElement step, string name) =>
        step.ValueKind == JsonValueKind.Object && step.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static GraphRefusal Invalid(string message) => new(400, "BadRequest", message);
}
