using System.Text.Json;
using System.Text.Json.Serialization;
using Reanchor.Scanning;

namespace Reanchor.Json;

/// <summary>How Reanchor writes JSON everywhere: HTTP, queues, table columns and digests.</summary>
public static class ReanchorJson
{
    /// <summary>camelCase names and enum members, numbers as numbers. Unknown members are skipped: a newer version wrote them.</summary>
    public static JsonSerializerOptions Options { get; } = Create(JsonUnmappedMemberHandling.Skip);

    /// <summary>For what callers send: unknown members are refused, because a misspelt one would be lost in silence.</summary>
    public static JsonSerializerOptions Strict { get; } = Create(JsonUnmappedMemberHandling.Disallow);

    private static JsonSerializerOptions Create(JsonUnmappedMemberHandling unmapped)
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.Strict,
            PropertyNameCaseInsensitive = false,
            UnmappedMemberHandling = unmapped,
            AllowDuplicateProperties = false,
            Converters =
            {
                // Terms of the field keep the spelling that documents and reports use.
                new JsonStringEnumConverter<Classification>(namingPolicy: null, allowIntegerValues: false),
                new JsonStringEnumConverter<Prediction>(namingPolicy: null, allowIntegerValues: false),
                new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false),
            },
        };

        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
