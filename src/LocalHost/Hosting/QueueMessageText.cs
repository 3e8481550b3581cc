using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Reanchor.LocalHost.Hosting;

/// <summary>Turns the text of a queue message into a function's argument and, for the poison queue, back into a text that can be read.</summary>
internal static class QueueMessageText
{
    // What a message may hold before Base64: 64 KiB on the wire.
    private const int LargestBody = 49_152;

    // As the worker does.
    private static readonly JsonSerializerOptions Json = new() { PropertyNameCaseInsensitive = true };

    /// <exception cref="FormatException">The text is not Base64.</exception>
    /// <exception cref="JsonException">The decoded text is not the JSON of the parameter's type.</exception>
    public static object Read(string text, ParameterInfo parameter)
    {
        var body = Convert.FromBase64String(text);

        return parameter.ParameterType == typeof(string)
            ? Encoding.UTF8.GetString(body)
            : JsonSerializer.Deserialize(body, parameter.ParameterType, Json) ?? throw new JsonException("The message is the JSON value null.");
    }

    /// <summary>The same text, or its Base64 if it is none: the poison queue has a function too, and it must be able to say what was there.</summary>
    public static string ForPoison(string text)
    {
        if (Convert.TryFromBase64String(text, new byte[text.Length], out _))
        {
            return text;
        }

        var body = Encoding.UTF8.GetBytes(text);
        return Convert.ToBase64String(body.AsSpan(0, Math.Min(body.Length, LargestBody)));
    }
}
