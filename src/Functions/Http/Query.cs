using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Reanchor.Json;

namespace Reanchor.Functions.Http;

/// <summary>Reads the query string, or says what is wrong with it.</summary>
internal static class Query
{
    private const int DefaultTop = 100;
    private const int MaxTop = 1000;

    /// <summary>How many items a page may have: <c>top</c>, 1 to 1000.</summary>
    public static (int Top, IResult? Problem) Top(HttpRequest request) =>
        !request.Query.TryGetValue("top", out var text) ? (DefaultTop, null)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var top) && top is >= 1 and <= MaxTop ? (top, null)
        : (0, Problems.BadRequest($"'top' must be a whole number from 1 to {MaxTop}."));

    public static string? Next(HttpRequest request) =>
        request.Query.TryGetValue("next", out var next) && next.ToString() is { Length: > 0 } text ? text : null;

    /// <summary>An optional enum member by its name as it is written in answers.</summary>
    public static (T? Value, IResult? Problem) Member<T>(HttpRequest request, string name)
        where T : struct, Enum
    {
        if (!request.Query.TryGetValue(name, out var text) || text.ToString() is not { Length: > 0 } member)
        {
            return (null, null);
        }

        // By name alone: Enum.TryParse would take "1", and make one member out of "pending,approved".
        foreach (var value in Enum.GetValues<T>())
        {
            if (string.Equals(Written(value), member, StringComparison.OrdinalIgnoreCase))
            {
                return (value, null);
            }
        }

        return (null, Problems.BadRequest($"'{name}' must be one of {string.Join(", ", Enum.GetValues<T>().Select(Written))}."));

        static string Written(T value) => JsonSerializer.SerializeToElement(value, ReanchorJson.Options).GetString()!;
    }

    /// <summary>An optional instant with its offset, such as <c>2026-03-01T00:00:00Z</c>.</summary>
    public static (DateTimeOffset? Value, IResult? Problem) Instant(HttpRequest request, string name)
    {
        if (!request.Query.TryGetValue(name, out var text) || text.ToString() is not { Length: > 0 } instant)
        {
            return (null, null);
        }

        return DateTimeOffset.TryParse(
            instant, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var value)
            ? (value, null)
            : (null, Problems.BadRequest($"'{name}' must be a time such as 2026-03-01T00:00:00Z."));
    }
}
