using System.Globalization;
using System.Text.Json;

namespace Reanchor.LocalHost.Hosting;

/// <summary>One object in host.json, with its place in the file for messages. A missing section reads as an empty one.</summary>
/// <param name="overrides">Settings that take the place of the file's values.</param>
internal sealed class HostSection(string file, string place, JsonElement? element, IConfigurationSection? overrides)
{
    private readonly JsonElement? _element = element is null or { ValueKind: JsonValueKind.Object }
        ? element
        : throw new StartRefusedException($"{file}: {(place.Length == 0 ? "the file" : place)} must be a JSON object.");

    public HostSection Section(string name) => new(file, PlaceOf(name), FindInFile(name), overrides?.GetSection(name));

    public string Text(string name, string whenMissing) => Find(name) switch
    {
        null => whenMissing,
        { ValueKind: JsonValueKind.String } value => value.GetString()!,
        _ => throw Refused(name, "must be a text in quotes"),
    };

    public int Number(string name, int whenMissing, int lowest, int highest) => Find(name) switch
    {
        null => whenMissing,
        { ValueKind: JsonValueKind.Number } value when value.TryGetInt32(out var number) && number >= lowest && number <= highest => number,
        _ => throw Refused(name, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {lowest} to {highest}")),
    };

    public TimeSpan Duration(string name, TimeSpan whenMissing, TimeSpan shortest, TimeSpan longest) => Find(name) switch
    {
        null => whenMissing,
        { ValueKind: JsonValueKind.String } value
            when TimeSpan.TryParse(value.GetString(), CultureInfo.InvariantCulture, out var duration) && duration >= shortest && duration <= longest => duration,
        _ => throw Refused(name, $"must be a time from \"{shortest:c}\" to \"{longest:c}\", such as \"00:00:30\" for half a minute"),
    };

    public StartRefusedException Refused(string name, string rule) => new($"{file}: {PlaceOf(name)} {rule}.");

    private JsonElement? Find(string name) =>
        overrides?[name] is not { } text ? FindInFile(name)
        : JsonSerializer.SerializeToElement<object>(int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : text);

    private JsonElement? FindInFile(string name) =>
        _element?.TryGetProperty(name, out var value) == true && value.ValueKind != JsonValueKind.Null ? value : null;

    private string PlaceOf(string name) => place.Length == 0 ? name : $"{place}.{name}";
}
