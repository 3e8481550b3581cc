using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Reanchor.Json;

namespace Reanchor.Anchors;

/// <summary>
/// The value that ties an on-premises object to its cloud object, exactly as Entra shows it. Compared ordinally: two anchors
/// that differ in case are two anchors (Microsoft Learn, "Design concepts", sourceAnchor).
/// </summary>
[JsonConverter(typeof(ParsableConverter<SourceAnchor>))]
public sealed record SourceAnchor : IParsable<SourceAnchor>
{
    public SourceAnchor(string value)
    {
        ArgumentException.ThrowIfNullOrEmpty(value);
        Value = value;
    }

    public string Value { get; }

    /// <summary>The anchor that sync makes of a binary attribute: Base64 of the bytes as AD stores them, not RFC order.</summary>
    public static SourceAnchor FromGuid(Guid value) => new(Convert.ToBase64String(value.ToByteArray()));

    /// <summary>
    /// The GUID inside, if the value is one in the form that Microsoft's sync writes. <see langword="false"/> means an unknown
    /// scheme (another identity provider, employeeID, hex), never "left over".
    /// </summary>
    public bool TryGetGuid(out Guid guidValue)
    {
        Span<byte> bytes = stackalloc byte[16];

        if (Value.Length == 24
            && Convert.TryFromBase64String(Value, bytes, out var written)
            && written == 16
            && Convert.ToBase64String(bytes) == Value)
        {
            guidValue = new(bytes);
            return true;
        }

        guidValue = default;
        return false;
    }

    public static SourceAnchor Parse(string s, IFormatProvider? provider) => new(s);

    public static bool TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out SourceAnchor? result)
    {
        result = string.IsNullOrEmpty(s) ? null : new(s);
        return result is not null;
    }

    public override string ToString() => Value;
}
