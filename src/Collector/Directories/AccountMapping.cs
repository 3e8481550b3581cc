using System.Globalization;
using Reanchor.Inventories;

namespace Reanchor.Collector.Directories;

/// <summary>Makes an account of an inventory from the attributes of an object. Reads no clock and calls nothing.</summary>
internal static class AccountMapping
{
    // userAccountControl, [MS-ADTS] 2.2.16.
    private const int AccountDisable = 0x2;

    // Of an account that comes without one of these, nobody can tell what else is missing. Every account has them, a deleted one too
    // ([MS-ADTS] 3.1.1.5.5.1.1). Like mS-DS-ConsistencyGuid the last two are in no property set: who was given some sets, and not all
    // properties, sees none of the three. And without uSNChanged nobody is found who changed while the forest was read.
    private static readonly string[] Mandatory =
    [
        AccountAttributes.ObjectSid, AccountAttributes.SamAccountName, AccountAttributes.UserAccountControl, AccountAttributes.WhenCreated,
        AccountAttributes.UsnChanged,
    ];

    /// <param name="deleted">It was found among the deleted ones, whether it may be seen to be one or not.</param>
    /// <exception cref="CollectorFailureException">The reading account may not read all of the object, which is not deleted.</exception>
    public static DirectoryAccount Map(RawAttributes attributes, AnchorChoice anchor, bool deleted = false)
    {
        var consistency = attributes.Bytes(AccountAttributes.ConsistencyGuid);
        var account = new DirectoryAccount
        {
            ObjectGuid = ReadGuid(attributes.Bytes(AccountAttributes.ObjectGuid))
                ?? throw CollectorFailureException.Directory(
                    "An account came without its objectGUID. Give the reading account the right Read all properties on user objects."),
            ConsistencyGuid = ReadGuid(consistency),
            OddConsistencyGuid = ReadOddConsistencyGuid(consistency),
            CustomAnchor = anchor.IsCustom ? ReadCustom(attributes, anchor) : null,
            Sid = SidText.Read(attributes.Bytes(AccountAttributes.ObjectSid)),
            UserPrincipalName = attributes.Text(AccountAttributes.UserPrincipalName),
            Mail = attributes.Text(AccountAttributes.Mail),
            ProxyAddresses = attributes.Texts(AccountAttributes.ProxyAddresses),
            SamAccountName = attributes.Text(AccountAttributes.SamAccountName),
            Enabled = ReadEnabled(attributes.Text(AccountAttributes.UserAccountControl)),
            Deleted = deleted || attributes.IsTrue(AccountAttributes.IsDeleted),
            MailboxGuid = ReadGuid(attributes.Bytes(AccountAttributes.MailboxGuid)),

            // A forest whose schema has no such attribute has no mailboxes.
            MailboxListed = true,
            DistinguishedName = attributes.IsTrue(AccountAttributes.IsDeleted) ? null : attributes.Text(AccountAttributes.DistinguishedName),
        };

        if (!account.Deleted)
        {
            RefuseIncomplete(attributes, account.ObjectGuid);
        }

        return account;
    }

    /// <summary>What every account has, and this one came without.</summary>
    public static IReadOnlyList<string> FindMissing(RawAttributes attributes) => [.. Mandatory.Where(name => !attributes.Has(name))];

    private static void RefuseIncomplete(RawAttributes attributes, Guid objectGuid)
    {
        var missing = FindMissing(attributes);

        if (missing.Count > 0)
        {
            throw CollectorFailureException.Directory(
                $"The account with the objectGUID {objectGuid} came without {string.Join(", ", missing)}, which every account has: the reading "
                + "account may not see all of it. Give the reading account the right Read all properties on user objects (docs/collector.md, "
                + $"Rights). Get-ADObject {objectGuid} shows which account it is.");
        }
    }

    private static Guid? ReadGuid(byte[]? bytes) => bytes is { Length: 16 } ? new Guid(bytes) : null;

    private static string? ReadCustom(RawAttributes attributes, AnchorChoice anchor) => anchor.IsBinary
        ? attributes.Bytes(anchor.Attribute) is { Length: > 0 } bytes ? Convert.ToBase64String(bytes) : null
        : attributes.Text(anchor.Attribute);

    private static string? ReadOddConsistencyGuid(byte[]? bytes) =>
        bytes is { Length: > 0 and not 16 } ? Convert.ToBase64String(bytes) : null;

    private static bool? ReadEnabled(string? userAccountControl) =>
        int.TryParse(userAccountControl, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var flags)
            ? (flags & AccountDisable) == 0
            : null;
}
