using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using Xunit;

namespace Reanchor.IntegrationTests.Pipeline;

/// <summary>A running API and its own description: every answer is held against what the description says of it.</summary>
internal sealed class DescribedApi
{
    private readonly Dictionary<string, (string Verb, JsonNode Operation)> _operations = [];
    private readonly JsonNode _schemas;

    private DescribedApi(JsonNode document)
    {
        _schemas = document["components"]!["schemas"]!;

        foreach (var (_, path) in document["paths"]!.AsObject())
        {
            foreach (var (verb, operation) in path!.AsObject())
            {
                _operations.Add(operation!["operationId"]!.GetValue<string>(), (verb, operation));
            }
        }
    }

    public IEnumerable<string> Reads => _operations.Where(pair => pair.Value.Verb == "get").Select(pair => pair.Key).Order(StringComparer.Ordinal);

    public HashSet<string> Checked { get; } = [];

    public static async Task<DescribedApi> ReadAsync(Api anyone) =>
        new(JsonNode.Parse((await anyone.GetAsync("openapi.json")).GetRawText())!);

    /// <summary>Sends a request for an operation and checks the answer.</summary>
    public async Task<JsonElement> SendAsync(Api caller, string operationId, string path, object? body = null, HttpContent? content = null)
    {
        var (verb, operation) = _operations[operationId];
        var (status, answer, _) = await caller.SendAsync(
            new(verb.ToUpperInvariant()), path, content ?? (body is null ? null : JsonContent.Create(body)));
        var described = operation["responses"]!.AsObject();

        Assert.True(described.ContainsKey($"{(int)status}"), $"{operationId} answered {(int)status}, which is not described: {answer}");
        Check(operationId, described[$"{(int)status}"]!, answer);
        Checked.Add(operationId);
        return answer;
    }

    /// <summary>Sends a request that is refused, and checks that the refusal is the one that is described for all.</summary>
    public async Task RefusedAsync(Api caller, string operationId, string path, HttpStatusCode expected)
    {
        var (verb, operation) = _operations[operationId];
        var (status, answer, _) = await caller.SendAsync(new(verb.ToUpperInvariant()), path);

        Assert.Equal(expected, status);
        Assert.Equal("#/components/responses/Problem", operation["responses"]!["default"]!["$ref"]!.GetValue<string>());
        Assert.Empty(Violations(_schemas["Problem"]!, answer));
    }

    private void Check(string operationId, JsonNode response, JsonElement answer)
    {
        if (response["content"]?["application/json"]?["schema"]?["$ref"] is { } reference)
        {
            var schema = _schemas[reference.GetValue<string>().Split('/')[^1]]!;
            Assert.True(Violations(schema, answer) is [], $"{operationId}: {string.Join("; ", Violations(schema, answer))} in {answer}");
        }
    }

    private static List<string> Violations(JsonNode schema, JsonElement answer)
    {
        var result = JsonSchema.FromText(Closed(schema.DeepClone()).ToJsonString())
            .Evaluate(answer, new EvaluationOptions { OutputFormat = OutputFormat.List });

        return result.IsValid ? [] : [.. (result.Details ?? []).Where(detail => detail.Errors is not null)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation} {error.Value}"))];
    }

    /// <summary>A member that the description does not know is a lie as well.</summary>
    private static JsonNode Closed(JsonNode schema)
    {
        if (schema is JsonObject described)
        {
            if (described["properties"] is JsonObject && described["additionalProperties"] is null)
            {
                described["additionalProperties"] = false;
            }

            foreach (var (_, child) in described.ToList())
            {
                if (child is not null)
                {
                    Closed(child);
                }
            }
        }
        else if (schema is JsonArray list)
        {
            foreach (var child in list.OfType<JsonNode>())
            {
                Closed(child);
            }
        }

        return schema;
    }
}
