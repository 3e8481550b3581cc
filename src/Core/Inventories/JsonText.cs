using System.Text.Json;

namespace Reanchor.Inventories;

internal static class JsonText
{
    /// <returns>The text of a string or property name; <see langword="null"/> if it is not text that UTF-16 can hold.</returns>
    public static string? Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            // Bytes that are not UTF-8, or half of a surrogate pair as an escape: well-formed JSON all the same.
            return null;
        }
    }
}
