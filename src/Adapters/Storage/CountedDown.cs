using System.Globalization;

namespace Reanchor.Adapters.Storage;

/// <summary>Numbers as keys that start with the newest.</summary>
internal static class CountedDown
{
    private const long Max = 9_999_999_999;

    public static string Write(long number) => number is >= 0 and <= Max
        ? (Max - number).ToString("d10", CultureInfo.InvariantCulture)
        : throw new ArgumentOutOfRangeException(nameof(number), number, $"At most {Max}.");

    /// <returns><see langword="null"/> if it is no such key.</returns>
    public static long? Read(ReadOnlySpan<char> key) =>
        key.Length == 10 && long.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var inverted) ? Max - inverted : null;
}
