using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Reanchor.Json;

namespace Reanchor.Tenants;

/// <summary>
/// The on-premises attribute that a tenant's sync makes the anchor from (Microsoft Learn, "Design concepts": Connect Sync takes
/// ConsistencyGuid by default, objectGUID or any chosen attribute). Written as <c>consistencyGuid</c>, <c>objectGuid</c>, or the
/// LDAP name of another attribute, such as <c>employeeID</c>. Case makes no difference in LDAP names.
/// </summary>
[JsonConverter(typeof(ParsableConverter<AnchorAttribute>))]
public sealed partial record AnchorAttribute : IParsable<AnchorAttribute>
{
    private readonly string _text;

    private AnchorAttribute(string ldapName, string? text = null) => (LdapName, _text, IsCustom) = (ldapName, text ?? ldapName, text is null);

    /// <summary>mS-DS-ConsistencyGuid where set, else objectGUID.</summary>
    public static AnchorAttribute ConsistencyGuid { get; } = new("mS-DS-ConsistencyGuid", "consistencyGuid");

    /// <summary>objectGUID always.</summary>
    public static AnchorAttribute ObjectGuid { get; } = new("objectGUID", "objectGuid");

    /// <summary>As the directory's schema knows it.</summary>
    public string LdapName { get; }

    /// <summary>Another attribute than these two; the inventory carries its value as <c>customAnchor</c>, used verbatim.</summary>
    public bool IsCustom { get; }

    /// <summary>Whether an inventory shows the anchors that this attribute makes.</summary>
    /// <param name="stated">
    /// The attribute in its header; <see langword="null"/> when it names none, which will do for the two that every inventory lists.
    /// </param>
    public bool IsListedUnder(string? stated) => stated is null ? !IsCustom : TryParse(stated, null, out var read) && read == this;

    public static AnchorAttribute Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var result)
            ? result
            : throw new FormatException("An anchor attribute is consistencyGuid, objectGuid or the LDAP name of another attribute.");

    public static bool TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [NotNullWhen(true)] out AnchorAttribute? result)
    {
        result = s is null ? null
            : IsOneOf(s, ConsistencyGuid) ? ConsistencyGuid
            : IsOneOf(s, ObjectGuid) ? ObjectGuid
            : Pattern().IsMatch(s) ? new(s)
            : null;
        return result is not null;
    }

    public bool Equals(AnchorAttribute? other) =>
        other is not null && string.Equals(LdapName, other.LdapName, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(LdapName);

    public override string ToString() => _text;

    private static bool IsOneOf(string s, AnchorAttribute known) =>
        string.Equals(s, known._text, StringComparison.OrdinalIgnoreCase)
        || string.Equals(s, known.LdapName, StringComparison.OrdinalIgnoreCase);

    // RFC 4512, a descriptor.
    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9-]{0,255}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
