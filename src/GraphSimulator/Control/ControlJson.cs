using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Reanchor.GraphSimulator;

/// <summary>JSON of the control routes. A misspelt property is refused by name rather than ignored.</summary>
internal static class ControlJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNameCaseInsensitive = false,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <exception cref="JsonException">The body is no such object.</exception>
    public static async Task<T> ReadAsync<T>(HttpContext context) =>
        await JsonSerializer.DeserializeAsync<T>(context.Request.Body, Options, context.RequestAborted)
        ?? throw new JsonException("The body must not be null.");

    public static Task WriteAsync<T>(HttpContext context, T value, int status = 200)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(value, Options, context.RequestAborted);
    }

    /// <summary>Replaces the properties named in <paramref name="changes"/> and keeps the others.</summary>
    /// <exception cref="JsonException">A property does not exist or has a value of the wrong type.</exception>
    public static T Merge<T>(T current, JsonObject changes)
    {
        var merged = JsonSerializer.SerializeToNode(current, Options)!.AsObject();

        foreach (var (name, value) in changes)
        {
            merged[name] = merged.ContainsKey(name)
                ? value?.DeepClone()
                : throw new JsonException($"There is no property '{name}'.");
        }

        return merged.Deserialize<T>(Options)!;
    }
}
