using System.Text.Json;
using System.Text.Json.Nodes;

namespace Reanchor.IntegrationTests.Approvals;

/// <summary>Checks a request as a Request trigger with schema validation does, by the keywords that the product's workflows use.</summary>
internal static class TriggerSchema
{
    public static IEnumerable<string> Faults(JsonNode? value, JsonObject schema, string at = "body")
    {
        foreach (var (keyword, rule) in schema)
        {
            var fault = keyword switch
            {
                "type" => rule!.GetValue<string>() == TypeOf(value) ? null : $"{at} is {TypeOf(value)}",
                "required" => rule!.AsArray().Select(n => n!.GetValue<string>()).FirstOrDefault(n => value is not JsonObject o || !o.ContainsKey(n)) is { } missing
                    ? $"{at} has no {missing}"
                    : null,
                "maxLength" => value!.GetValue<string>().Length <= rule!.GetValue<int>() ? null : $"{at} is too long",
                "properties" => null,
                _ => throw new NotSupportedException($"The keyword {keyword} is not known here."),
            };

            if (fault is not null)
            {
                yield return fault;
            }
        }

        foreach (var (name, rule) in schema["properties"]?.AsObject() ?? [])
        {
            if (value is JsonObject o && o.TryGetPropertyValue(name, out var member))
            {
                foreach (var fault in Faults(member, rule!.AsObject(), $"{at}.{name}"))
                {
                    yield return fault;
                }
            }
        }
    }

    private static string TypeOf(JsonNode? value) => value?.GetValueKind() switch
    {
        JsonValueKind.Object => "object",
        JsonValueKind.String => "string",
        JsonValueKind.Number => "integer",
        JsonValueKind.True or JsonValueKind.False => "boolean",
        JsonValueKind.Array => "array",
        _ => "null",
    };
}
