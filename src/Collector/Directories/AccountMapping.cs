using System.Globalization;
using Reanchor.Inventories;

namespace Reanchor.Collector.Directories;

/// <summary>Makes an account of an inventory from the attributes of an object. Reads no clock and calls nothing.</summary>
internal static class AccountMapping
{
    // userAccountControl, [MS-ADTS] 2.2.16.
    private const int AccountDisable = 0x2;

    /// <exception cref="CollectorFailureException">The object has no objectGUID: the account may not read it.</exception>
    public static DirectoryAccount Map(RawAttributes attributes, AnchorChoice anchor)
    {
        var consistency = attributes.Bytes(AccountAttributes.ConsistencyGuid);

        return new()
        {
            ObjectGuid = ReadGuid(attributes.Bytes(AccountAttributes.ObjectGuid))
                ?? throw CollectorFailureException.Directory(
                    "An account came without its objectGUID. Give the reading account the right Read all properties on user objects."),
            ConsistencyGuid = ReadGuid(consistency),
            CustomAnchor = anchor.IsCustom ? ReadCustom(attributes, anchor) : ReadOddConsistencyGuid(consistency),
            Sid = SidText.Read(attributes.Bytes(AccountAttributes.ObjectSid)),
            UserPrincipalName = attributes.Text(AccountAttributes.UserPrincipalName),
            Mail = attributes.Text(AccountAttributes.Mail),
            ProxyAddresses = attributes.Texts(AccountAttributes.ProxyAddresses),
            SamAccountName = attributes.Text(AccountAttributes.SamAccountName),
            Enabled = ReadEnabled(attributes.Text(AccountAttributes.UserAccountControl)),
            Deleted = attributes.IsTrue(AccountAttributes.IsDeleted),
            MailboxGuid = ReadGuid(attributes.Bytes(AccountAttributes.MailboxGuid)),
        };
    }

    private static Guid? ReadGuid(byte[]? bytes) => bytes is { Length: 16 } ? new Guid(bytes) : null;

    private static string? ReadCustom(RawAttributes attributes, AnchorChoice anchor) => anchor.IsBinary
        ? attributes.Bytes(anchor.Attribute) is { Length: > 0 } bytes ? Convert.ToBase64String(bytes) : null
        : attributes.Text(anchor.Attribute);

    // Sync takes any bytes, so a value that is no GUID is an anchor in use all the same.
    private static string? ReadOddConsistencyGuid(byte[]? bytes) =>
        bytes is { Length: > 0 and not 16 } ? Convert.ToBase64String(bytes) : null;

    private static bool? ReadEnabled(string? userAccountControl) =>
        int.TryParse(userAccountControl, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var flags)
            ? (flags & AccountDisable) == 0
            : null;
}
