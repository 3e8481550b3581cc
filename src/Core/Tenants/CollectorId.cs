using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Reanchor.Json;

namespace Reanchor.Tenants;

/// <summary>The name of one on-premises reader: 1 to 63 of <c>a-z 0-9 -</c>, starting with a letter or digit.</summary>
[JsonConverter(typeof(ParsableConverter<CollectorId>))]
public sealed partial record CollectorId : IParsable<CollectorId>
{
    private CollectorId(string value) => Value = value;

    public string Value { get; }

    public static CollectorId Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result)
            ? result
            : throw new FormatException("A collector id has 1 to 63 of the characters a-z, 0-9 and -.");

    public static bool TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out CollectorId? result)
    {
        result = s is not null && Pattern().IsMatch(s) ? new(s) : null;
        return result is not null;
    }

    public override string ToString() => Value;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{0,62}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
