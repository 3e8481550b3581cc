using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Reanchor.GraphSimulator;

/// <summary>Writes resources as OData JSON.</summary>
internal static class EntityWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(4096);

        using (var json = new Utf8JsonWriter(buffer, Options))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }

    public static void WriteProperties<T>(Utf8JsonWriter json, T item, IReadOnlyList<EntityProperty<T>> properties)
    {
        foreach (var property in properties)
        {
            json.WritePropertyName(property.Name);
            WriteValue(json, property.Read(item));
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case DateTimeOffset time:
                json.WriteStringValue(time.UtcDateTime);
                break;
            case IEnumerable<object> list:
                json.WriteStartArray();

                foreach (var element in list)
                {
                    WriteValue(json, element);
                }

                json.WriteEndArray();
                break;
            case ProvisioningError error:
                json.WriteStartObject();
                json.WriteString("category", error.Category);
                json.WriteString("occurredDateTime", error.OccurredDateTime.UtcDateTime);
                json.WriteString("propertyCausingError", error.PropertyCausingError);
                json.WriteString("value", error.Value);
                json.WriteEndObject();
                break;
            case SimulatedDomain domain:
                json.WriteStartObject();
                json.WriteString("name", domain.Id);
                json.WriteString("type", domain.AuthenticationType);
                json.WriteBoolean("isDefault", domain.IsDefault);
                json.WriteBoolean("isInitial", domain.IsInitial);
                json.WriteEndObject();
                break;
            case AppRole role:
                json.WriteStartObject();
                json.WriteString("id", role.Id);
                json.WriteString("value", role.Value);
                json.WriteEndObject();
                break;
            case DirectoryAudit audit:
                json.WriteStartObject();
                json.WriteString("id", audit.TargetId);
                json.WriteString("type", audit.TargetType);
                json.WriteEndObject();
                break;
            default:
                throw new InvalidOperationException($"No JSON form for {value.GetType()}.");
        }
    }
}
