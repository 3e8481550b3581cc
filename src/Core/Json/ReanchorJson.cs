using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reanchor.Json;

/// <summary>How Reanchor writes JSON everywhere: HTTP, queues, table columns and digests.</summary>
public static class ReanchorJson
{
    /// <summary>camelCase names and enum members, numbers as numbers, unknown members refused.</summary>
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            PropertyNameCaseInsensitive = false,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            AllowDuplicateProperties = false,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
        };

        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
