using System.Globalization;

namespace Reanchor;

/// <summary>A moment as sentences for people give it.</summary>
public static class TimeText
{
    public static string Of(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
