using System.Text.RegularExpressions;
using Reanchor.Anchors;

namespace Reanchor.Inventories;

/// <summary>Attribute values as people and tools write them. Each method answers what is wrong, or <see langword="null"/>.</summary>
internal static partial class AttributeText
{
    private const int QuotedLength = 60;
    private const int ShortestGuid = 24;

    /// <summary>A GUID in text form, with or without braces, that is not all zeros.</summary>
    public static string? ReadGuid(string text, out Guid value)
    {
        if (!Guid.TryParseExact(text, "D", out value) && !Guid.TryParseExact(text, "B", out value))
        {
            return $"{Quote(text)} is not a GUID in the form 00000000-0000-0000-0000-000000000000";
        }

        return value == Guid.Empty ? $"{Quote(text)} is the empty GUID" : null;
    }

    /// <summary>
    /// 16 bytes: a GUID in text form, Base64, or hex pairs with separators. The last two give the bytes in the order AD stores them.
    /// </summary>
    public static string? ReadBinaryGuid(string text, out Guid value)
    {
        if (Guid.TryParseExact(text, "D", out value) || Guid.TryParseExact(text, "B", out value))
        {
            return null;
        }

        if (text.Length > 0 && new SourceAnchor(text).TryGetGuid(out value))
        {
            return null;
        }

        if (HexPairs().IsMatch(text))
        {
            value = new(Convert.FromHexString(HexSeparator().Replace(text, "")));
            return null;
        }

        // Read as text it is one GUID, read as bytes another: a guess could make a used anchor look left over.
        return Guid.TryParseExact(text, "N", out value)
            ? $"{Quote(text)} may be a GUID or bytes; write it as a GUID with hyphens, or its bytes as Base64"
            : $"{Quote(text)} is neither a GUID nor Base64 of 16 bytes";
    }

    /// <summary>
    /// Base64 of anything but 16 bytes. What could be hex digits as well is taken for neither: the wrong guess would be another anchor.
    /// </summary>
    public static bool IsBase64OfOtherLength(string text)
    {
        var bytes = new byte[text.Length];
        return !HexDigits().IsMatch(text)
            && Convert.TryFromBase64String(text, bytes, out var written)
            && written is not (0 or 16)
            && Convert.ToBase64String(bytes.AsSpan(0, written)) == text;
    }

    /// <summary>
    /// The GUIDs that a text may stand for; empty for most texts. One of 32 hex digits may stand for two: read as text it is one, read
    /// as bytes another.
    /// </summary>
    public static IReadOnlyList<Guid> PossibleGuids(string? text) =>
        text is not { Length: >= ShortestGuid } ? []
        : Guid.TryParseExact(text, "N", out var value) ? [value, new(Convert.FromHexString(text))]
        : ReadBinaryGuid(text, out value) is null ? [value]
        : [];

    public static string? CheckSid(string text) =>
        Sid().IsMatch(text) ? null : $"{Quote(text)} is not a SID in the form S-1-5-21-...";

    /// <summary>The value for a message: short, and on one line.</summary>
    public static string Quote(string text)
    {
        var shown = text.Length > QuotedLength ? string.Concat(text.AsSpan(0, QuotedLength), "...") : text;
        return $"'{Unprintable().Replace(shown, "?")}'";
    }

    [GeneratedRegex(@"\A(0x)?[0-9a-f]{2}([ ,:-]+(0x)?[0-9a-f]{2}){15}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HexPairs();

    [GeneratedRegex(@"\A(0x)?[0-9a-f]*\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HexDigits();

    [GeneratedRegex(@"[ ,:-]+|0x", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HexSeparator();

    [GeneratedRegex(@"\AS-1-[0-9]{1,15}(-[0-9]{1,10}){1,15}\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Sid();

    [GeneratedRegex(@"[\p{C}\p{Zl}\p{Zp}]", RegexOptions.CultureInvariant)]
    private static partial Regex Unprintable();
}
