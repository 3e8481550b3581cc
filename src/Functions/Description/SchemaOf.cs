using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Reanchor.Functions.Http;
using Reanchor.Json;

namespace Reanchor.Functions.Description;

/// <summary>The JSON Schema of a type as the serializer reads and writes it.</summary>
internal static class SchemaOf
{
    private static readonly JsonSchemaExporterOptions ForBodies = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Common,
    };

    private static readonly JsonSchemaExporterOptions ForAnswers = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = (context, schema) => WithAllMembers(context, Common(context, schema)),
    };

    public static JsonNode Body(Type type) => ReanchorJson.Strict.GetJsonSchemaAsNode(type, ForBodies);

    /// <summary>Every member is there, but for those that are left out when they are null.</summary>
    public static JsonNode Answer(Type type) => ReanchorJson.Options.GetJsonSchemaAsNode(type, ForAnswers);

    public static JsonNode Query(Type type) =>
        type == typeof(DateTimeOffset) ? new JsonObject { ["type"] = "string", ["format"] = "date-time" } : Body(type);

    public static JsonNode Problem() => new JsonObject
    {
        ["type"] = "object",
        ["required"] = new JsonArray("title", "status"),
        ["properties"] = new JsonObject
        {
            ["type"] = new JsonObject { ["type"] = "string" },
            ["title"] = new JsonObject { ["type"] = "string" },
            ["status"] = new JsonObject { ["type"] = "integer" },
            ["detail"] = new JsonObject { ["type"] = "string" },
            ["errors"] = new JsonObject { ["type"] = "array", ["items"] = Answer(typeof(ProblemError)) },
        },
    };

    /// <summary>Such as <c>ProposalView</c>; of a list <c>ListOfProposalView</c>.</summary>
    public static string NameOf(Type type) =>
        type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)].Replace("View", "", StringComparison.Ordinal)}Of{NameOf(type.GenericTypeArguments[0])}" : type.Name;

    // Of a converter of ours the serializer knows nothing; all of them write strings. An enum that is text says only which.
    private static JsonNode Common(JsonSchemaExporterContext context, JsonNode schema)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        var own = context.PropertyInfo?.CustomConverter?.GetType() ?? context.TypeInfo.Converter.GetType();

        return own.Assembly == typeof(ReanchorJson).Assembly && type.Assembly == own.Assembly && IsAny(schema)
            ? new JsonObject { ["type"] = IsNullable(context) ? new JsonArray("string", "null") : "string" }
            : schema;
    }

    private static bool IsAny(JsonNode schema) =>
        schema is JsonObject { Count: 0 } || (schema is JsonValue value && value.TryGetValue<bool>(out var any) && any);

    private static bool IsNullable(JsonSchemaExporterContext context) =>
        Nullable.GetUnderlyingType(context.TypeInfo.Type) is not null || context.PropertyInfo?.IsGetNullable is true;

    private static JsonNode WithAllMembers(JsonSchemaExporterContext context, JsonNode schema)
    {
        if (context.TypeInfo.Kind is JsonTypeInfoKind.Object && schema is JsonObject described && described["properties"] is not null)
        {
            described["required"] = new JsonArray([.. context.TypeInfo.Properties
                .Where(property => property.Get is not null && !MayBeLeftOut(property))
                .Select(property => JsonValue.Create(property.Name))]);
        }

        return schema;
    }

    private static bool MayBeLeftOut(JsonPropertyInfo property) =>
        property.AttributeProvider?.GetCustomAttributes(typeof(JsonIgnoreAttribute), true).Length > 0;
}
