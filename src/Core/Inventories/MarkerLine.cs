using System.Text.Json;

namespace Reanchor.Inventories;

/// <summary>The header line and the end line: JSON objects that have a <c>kind</c>.</summary>
internal static class MarkerLine
{
    public const string HeaderKind = "inventory";
    public const string EndKind = "end";
    private const int Version = 1;

    /// <returns>The <c>kind</c>, or <see langword="null"/> if the line is not an object with one.</returns>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public static string? ReadKind(ReadOnlySpan<byte> utf8)
    {
        using var document = Parse(utf8);
        return document.RootElement.ValueKind is JsonValueKind.Object ? Text(document.RootElement, "kind") : null;
    }

    /// <returns><see langword="null"/> when <paramref name="problems"/> grew.</returns>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public static InventoryHeader? ReadHeader(ReadOnlySpan<byte> utf8, DateTimeOffset now, List<string> problems)
    {
        using var document = Parse(utf8);
        var root = document.RootElement;
        var before = problems.Count;
        RefuseOthers(root, ["kind", "version", "forest", "takenAt", "anchorAttribute"], "the header", problems);

        if (!root.TryGetProperty("version", out var version)
            || version.ValueKind is not JsonValueKind.Number
            || !version.TryGetInt32(out var number)
            || number != Version)
        {
            problems.Add($"the header's version must be {Version}");
        }

        var forest = Text(root, "forest");
        var takenAtText = Text(root, "takenAt");
        var anchorAttribute = Text(root, "anchorAttribute");

        if (forest is null)
        {
            problems.Add("the header's forest is missing");
        }

        if (!HeaderRules.TryReadInstant(takenAtText, out var takenAt))
        {
            problems.Add("the header's takenAt must be an ISO 8601 time with its offset, such as 2026-11-22T09:30:00Z");
        }

        if (anchorAttribute is null
            && root.TryGetProperty("anchorAttribute", out var given)
            && given.ValueKind is not JsonValueKind.Null)
        {
            problems.Add("the header's anchorAttribute must be text");
        }

        if (problems.Count > before)
        {
            return null;
        }

        var header = new InventoryHeader(forest!, takenAt, anchorAttribute);
        problems.AddRange(HeaderRules.Check(header, now));
        return problems.Count > before ? null : header;
    }

    /// <returns><see langword="null"/> when <paramref name="problems"/> grew.</returns>
    /// <exception cref="JsonException">The line is not JSON.</exception>
    public static InventoryEnd? ReadEnd(ReadOnlySpan<byte> utf8, List<string> problems)
    {
        using var document = Parse(utf8);
        var root = document.RootElement;
        var before = problems.Count;
        RefuseOthers(root, ["kind", "count", "deletedRead"], "the end line", problems);
        var number = 0;

        if (!root.TryGetProperty("count", out var count)
            || count.ValueKind is not JsonValueKind.Number
            || !count.TryGetInt32(out number)
            || number < 0)
        {
            problems.Add("the end line's count must be the number of accounts");
        }

        bool? deletedRead = null;

        if (root.TryGetProperty("deletedRead", out var given) && given.ValueKind is not JsonValueKind.Null)
        {
            if (given.ValueKind is JsonValueKind.True or JsonValueKind.False)
            {
                deletedRead = given.GetBoolean();
            }
            else
            {
                problems.Add("the end line's deletedRead must be true or false");
            }
        }

        return problems.Count > before ? null : new(number, deletedRead);
    }

    public static void WriteHeader(Utf8JsonWriter writer, InventoryHeader header)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, HeaderKind);
        writer.WriteNumber("version"u8, Version);
        writer.WriteString("forest"u8, header.Forest);
        writer.WriteString("takenAt"u8, header.TakenAt.UtcDateTime);

        if (header.AnchorAttribute is { } attribute)
        {
            writer.WriteString("anchorAttribute"u8, attribute);
        }

        writer.WriteEndObject();
    }

    public static void WriteEnd(Utf8JsonWriter writer, InventoryEnd end)
    {
        writer.WriteStartObject();
        writer.WriteString("kind"u8, EndKind);
        writer.WriteNumber("count"u8, end.Count);

        if (end.DeletedRead is { } deletedRead)
        {
            writer.WriteBoolean("deletedRead"u8, deletedRead);
        }

        writer.WriteEndObject();
    }

    private static JsonDocument Parse(ReadOnlySpan<byte> utf8)
    {
        return JsonDocument.Parse(utf8.ToArray(), new() { AllowDuplicateProperties = false });
    }

    private static string? Text(JsonElement root, string name)
    {
        if (!root.TryGetProperty(name, out var value) || value.ValueKind is not JsonValueKind.String)
        {
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null; // half of a surrogate pair
        }
    }

    private static void RefuseOthers(JsonElement root, string[] known, string where, List<string> problems)
    {
        foreach (var property in root.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                problems.Add($"{AttributeText.Quote(property.Name)} is not a property of {where}");
            }
        }
    }
}
