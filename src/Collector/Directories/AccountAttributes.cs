namespace Reanchor.Collector.Directories;

/// <summary>What is read of an account. docs/collector.md lists the same names.</summary>
internal static class AccountAttributes
{
    public const string ObjectGuid = "objectGUID";
    public const string ConsistencyGuid = "mS-DS-ConsistencyGuid";
    public const string ObjectSid = "objectSid";
    public const string UserPrincipalName = "userPrincipalName";
    public const string Mail = "mail";
    public const string ProxyAddresses = "proxyAddresses";
    public const string SamAccountName = "sAMAccountName";
    public const string UserAccountControl = "userAccountControl";
    public const string IsDeleted = "isDeleted";
    public const string WhenCreated = "whenCreated";
    public const string UsnChanged = "uSNChanged";
    public const string DistinguishedName = "distinguishedName";

    /// <summary>Exchange adds it to the schema; asked for only where it is there.</summary>
    public const string MailboxGuid = "msExchMailboxGuid";

    public static IReadOnlyList<string> Always { get; } =
    [
        ObjectGuid, ConsistencyGuid, ObjectSid, UserPrincipalName, Mail, ProxyAddresses, SamAccountName, UserAccountControl, IsDeleted,
        WhenCreated, UsnChanged, DistinguishedName,
    ];
}
