using System.Text.Json;
using System.Text.Json.Serialization;

namespace Reanchor.Tenants;

/// <summary>For what is kept under the empty id because it names no tenant. Everywhere else the empty id is refused.</summary>
public sealed class TenantOrNoneConverter : JsonConverter<TenantId>
{
    public override TenantId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType is JsonTokenType.String && Guid.TryParseExact(reader.GetString(), "D", out var id)
            ? new(id)
            : throw new JsonException("This is not a tenant's id.");

    public override void Write(Utf8JsonWriter writer, TenantId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
