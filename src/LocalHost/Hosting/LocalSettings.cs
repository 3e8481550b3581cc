using System.Text.Json;

namespace Reanchor.LocalHost.Hosting;

/// <summary>Reads local.settings.json as the Functions tools do.</summary>
public static class LocalSettings
{
    /// <summary>Adds the Values of the file, if there is one, and the environment variables on top; <c>__</c> in a name stands for <c>:</c>.</summary>
    /// <exception cref="StartRefusedException">The file is malformed or encrypted.</exception>
    public static IConfigurationBuilder AddLocalSettings(this IConfigurationBuilder configuration, string path) =>
        configuration.AddInMemoryCollection(File.Exists(path) ? ReadValues(path) : []).AddEnvironmentVariables();

    private static List<KeyValuePair<string, string?>> ReadValues(string path)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = document.RootElement;

            if (root.ValueKind != JsonValueKind.Object)
            {
                throw Refused(path, "it must be a JSON object with \"Values\" in it");
            }

            if (root.TryGetProperty("IsEncrypted", out var encrypted) && encrypted.ValueKind == JsonValueKind.True)
            {
                throw Refused(path, "its values are encrypted; run 'func settings decrypt', or write them again with \"IsEncrypted\": false");
            }

            if (!root.TryGetProperty("Values", out var values))
            {
                return [];
            }

            return values.ValueKind == JsonValueKind.Object
                ? [.. values.EnumerateObject().Select(value => ReadValue(path, value))]
                : throw Refused(path, "\"Values\" must be a JSON object of names and texts");
        }
        catch (Exception exception) when (exception is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{path} cannot be read: {exception.Message} Correct the file, or delete it to use environment variables alone.", exception);
        }
    }

    private static KeyValuePair<string, string?> ReadValue(string path, JsonProperty setting) => setting.Value.ValueKind switch
    {
        JsonValueKind.String => new(KeyOf(setting), setting.Value.GetString()),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => new(KeyOf(setting), setting.Value.GetRawText()),
        _ => throw Refused(path, $"the value of \"{setting.Name}\" must be a text; write nested settings as \"Section__Name\""),
    };

    private static string KeyOf(JsonProperty setting) => setting.Name.Replace("__", ConfigurationPath.KeyDelimiter, StringComparison.Ordinal);

    private static StartRefusedException Refused(string path, string why) => new($"{path} cannot be used: {why}.");
}
