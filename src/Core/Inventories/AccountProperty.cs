namespace Reanchor.Inventories;

/// <summary>What an inventory says of an account. The JSON name is the member's, in camelCase.</summary>
internal enum AccountProperty
{
    ObjectGuid,
    ConsistencyGuid,
    OddConsistencyGuid,
    CustomAnchor,
    Sid,
    UserPrincipalName,
    Mail,
    ProxyAddresses,
    SamAccountName,
    Enabled,
    Deleted,
    MailboxGuid,
    DistinguishedName,
}
