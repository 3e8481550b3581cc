using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Reanchor.Json;

namespace Reanchor.IntegrationTests.Fuzzing;

/// <summary>Values, bodies and bytes that somebody might send by mistake or on purpose.</summary>
internal sealed class Junk(Random random)
{
    private static readonly string[] Segments =
    [
        "x", "-", "0", "-1", "null", "undefined", "true", "1e999", "99999999999999999999", "%2e%2e", "%2e", "..%2f..%2f", "%5c..%5c", "%2F", "%252f",
        "%00", "%0d%0aX-Evil:1", "%20", "%09", "%25", "%zz", "%", "%c3%28", "%ff%fe", "%ed%a0%80", "%f0%9f%92%a9", "%e2%80%ae", "a%23b", "a%3fb", "'", "%22", "%27%20or%20%27",
        "a;b", "a=b", "a&b", "*", "$filter", "$batch", "(1)", "{0}", "%7b%7d", "[]", "CON", "aux.txt", "~", "@", ":", "a@b.example", "%23EXT%23@x.example",
        "00000000-0000-0000-0000-000000000000", "99999999-9999-4999-8999-999999999999", "{99999999-9999-4999-8999-999999999999}", "99999999999949998999999999999999",
    ];

    private static readonly string[] Values =
    [
        "", "0", "1", "-1", "1000", "1001", "2147483648", "99999999999999999999", "1.5", "1e3", "NaN", "true", "null", "pending", "approved", "Candidate", "json", "csv",
        "ndjson", "2026-03-01T00:00:00Z", "0001-01-01T00:00:00Z", "0001-01-01T00:00:00%2b14:00", "9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59-14:00",
        "2026-02-30T00:00:00Z", "24:00", "pending,approved", "%00", "%0d%0a", "%ff", "%f0%9f%92%a9", "'", "%22", "%25", "*", "e30", "eyJhIjoxfQ", "1!8!MQ--", "AAAA%3d%3d",
    ];

    private static readonly string[] Strings =
    [
        "", " ", "x", "../..", "a\0b", "\r\nX: y", "\u202e", "\ud83d\udca9", "'; drop table x; --", "<script>alert(1)</script>", "{{7*7}}", "%s%n", "null",
        "00000000-0000-0000-0000-000000000000", "not-a-guid", "2026-13-45", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00+14:00", "1e999", "AAAAAAAAAAAAAAAAAAAAAA==",
    ];

    /// <summary>What no value in a JSON document should be, as text.</summary>
    private static readonly string[] RawValues =
    [
        "1e999", "-1e999", "99999999999999999999999999999999", "-0", "0.1", "1E400", "NaN", "Infinity", "01", "+1", "0x1F", "'x'", "undefined", "\"\\ud800\"", "\"\\udc00\\ud800\"",
        "\"\\u0000\"", "\"\\x\"", "\"unended", "[", "{", "]", "}", "{}", "[]", "[null]", "{\"a\":1,\"a\":2}", "/* comment */1", "1,", "\u00ff", "tru", "null null",
    ];

    public T Of<T>(IReadOnlyList<T> some) => some[random.Next(some.Count)];

    public bool Chance(double share) => random.NextDouble() < share;

    public int Number(int below) => random.Next(below);

    public string Segment() => Chance(0.03) ? new string('a', 1 + Number(3000)) : Chance(0.1) ? Escaped(1 + Number(20)) : Of(Segments);

    public string Value() => Chance(0.02) ? new string('9', 1 + Number(3000)) : Chance(0.1) ? Escaped(1 + Number(20)) : Of(Values);

    public byte[] Bytes(int most)
    {
        var bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A document of this type that could be meant, or that is close to one.</summary>
    public JsonNode? Document(Type type, Func<string, string?> known, int depth = 0, string name = "")
    {
        type = Nullable.GetUnderlyingType(type) ?? type;

        if (depth > 4)
        {
            return null;
        }

        if (type == typeof(bool))
        {
            return Chance(0.5);
        }

        if (type == typeof(int))
        {
            return Number(100);
        }

        if (type.IsEnum)
        {
            return JsonSerializer.SerializeToNode(Enum.GetValues(type).GetValue(Number(Enum.GetValues(type).Length)), type, ReanchorJson.Options);
        }

        if (type == typeof(DateTimeOffset))
        {
            return DateTimeOffset.UtcNow.AddDays(Number(60) - 10);
        }

        if (type == typeof(Guid))
        {
            return Guid.NewGuid();
        }

        if (type != typeof(string) && type.GetInterface("IEnumerable`1")?.GenericTypeArguments[0] is { } item)
        {
            return new JsonArray([.. Enumerable.Range(0, Number(3)).Select(_ => Document(item, known, depth + 1, $"{name}[]"))]);
        }

        var properties = ReanchorJson.Options.GetTypeInfo(type).Properties;
        return properties.Count == 0
            ? known(name) ?? Of(Strings)
            : new JsonObject(properties.Where(_ => Chance(0.95)).Select(p => KeyValuePair.Create(
                p.Name, p.PropertyType == typeof(string) || known(p.Name) is not null ? known(p.Name) ?? Of(Strings) : Document(p.PropertyType, known, depth + 1, p.Name))));
    }

    /// <summary>A JSON body: as it is, with a value or a member gone wrong, or damaged byte by byte.</summary>
    public byte[] Json(JsonNode? document)
    {
        if (Chance(0.4))
        {
            return Text(document);
        }

        if (document is JsonObject members && members.Count > 0 && Chance(0.7))
        {
            var name = Of(members.Select(m => m.Key).ToList());

            switch (Number(6))
            {
                case 0:
                    members.Remove(name);
                    break;
                case 1:
                    members[name] = null;
                    break;
                case 2:
                    members[Of(Strings) + "x"] = 1;
                    break;
                case 3:
                    members[name] = Chance(0.05) ? new string('y', 200_000) : Of(Strings);
                    break;
                case 4:
                    members[name] = new JsonArray(1, "two", null);
                    break;
                default:
                    var marked = Encoding.UTF8.GetString(Text(With(members, name, "@@")));
                    return Encoding.UTF8.GetBytes(marked.Replace("\"@@\"", Of(RawValues), StringComparison.Ordinal));
            }

            return Text(members);
        }

        return Number(8) switch
        {
            0 => [],
            1 => Bytes(300),
            2 => Encoding.UTF8.GetBytes(Of(RawValues)),
            3 => Encoding.UTF8.GetBytes(new string('[', 1 + Number(3000)) + new string(']', Number(3000))),
            4 => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 1 + Number(500))) + "1" + new string('}', 500)),
            5 => [0xEF, 0xBB, 0xBF, .. Text(document)],
            6 => Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(Text(document))),
            _ => Damage(Text(document)),
        };
    }

    /// <summary>Some bytes changed, taken away or put in.</summary>
    public byte[] Damage(byte[] whole)
    {
        var bytes = whole.ToList();

        for (var i = Number(5); i >= 0 && bytes.Count > 0; i--)
        {
            var at = Number(bytes.Count);

            switch (Number(3))
            {
                case 0:
                    bytes[at] = (byte)Number(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(1 + Number(20), bytes.Count - at));
                    break;
                default:
                    bytes.InsertRange(at, Bytes(8));
                    break;
            }
        }

        return [.. bytes];
    }

    /// <summary>Gzip: whole, cut short, damaged, with something behind it, or much larger than it looks.</summary>
    public byte[] Gzip(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Chance(0.05) ? new byte[5_000_000] : content);
        }

        var bytes = packed.ToArray();
        return Number(5) switch
        {
            0 => bytes,
            1 => bytes[..Number(bytes.Length)],
            2 => Damage(bytes),
            3 => [.. bytes, .. Bytes(50)],
            _ => [.. bytes, .. bytes],
        };
    }

    private static JsonObject With(JsonObject members, string name, string value)
    {
        members[name] = value;
        return members;
    }

    private static byte[] Text(JsonNode? document) => Encoding.UTF8.GetBytes(document?.ToJsonString() ?? "null");

    private string Escaped(int length) => string.Concat(Bytes(length).Select(b => $"%{b:x2}"));
}
