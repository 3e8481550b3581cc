using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Reanchor.Json;

namespace Reanchor.Scanning;

/// <summary>Names one scan of one tenant. Opaque; ids of later scans sort first, so that lists start with the newest.</summary>
[JsonConverter(typeof(ParsableConverter<ScanId>))]
public sealed partial record ScanId : IParsable<ScanId>
{
    private ScanId(string value) => Value = value;

    public string Value { get; }

    public static ScanId At(DateTimeOffset now) => new($"{long.MaxValue - now.UtcTicks:x16}");

    public static ScanId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result) ? result : throw new FormatException("A scan id has 16 hexadecimal digits.");

    public static bool TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out ScanId? result)
    {
        result = s is not null && Pattern().IsMatch(s) ? new(s) : null;
        return result is not null;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[0-9a-f]{16}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
