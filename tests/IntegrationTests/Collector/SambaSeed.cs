using System.Text;

namespace Reanchor.IntegrationTests.Collector;

/// <summary>What a throw-away forest holds. Users are called u00000, u00001 and so on.</summary>
internal sealed record SambaSeed(string Realm, string NetBiosName, int Users)
{
    /// <summary>Administrator, Guest, krbtgt, dns-dc1, the reader and the collector.</summary>
    public const int BuiltInUsers = 6;

    /// <summary>How many of the users are deleted again.</summary>
    public int Deleted { get; init; }

    /// <summary>A user whose mS-DS-ConsistencyGuid is the bytes 1, 2, 3.</summary>
    public int? OddConsistencyGuid { get; init; }

    /// <summary>
    /// A user of whom others may read three property sets alone, as in a hardened forest: General Information, Public Information and
    /// Account Restrictions. Neither mS-DS-ConsistencyGuid nor isDeleted is in a set.
    /// </summary>
    public int? SetsOnly { get; init; }

    /// <summary>A user whose userAccountControl nobody may read but those who may do anything.</summary>
    public int? HiddenControl { get; init; }

    /// <summary>Who has a ticket of Kerberos can sign in.</summary>
    public bool Kerberos { get; init; }

    /// <summary>What the server answers when it is asked whether it is synchronised; <see langword="null"/> for nothing.</summary>
    public string? Synchronized { get; init; } = "TRUE";

    /// <summary>As a hardened domain controller does.</summary>
    public bool RefusesPlainSignIn { get; init; }

    /// <summary>The address in the certificate; <see langword="null"/> for the right one.</summary>
    public string? CertificateAddress { get; init; }

    /// <summary>A second domain that the forest's configuration lists, though nothing serves it.</summary>
    public string? ChildDomain { get; init; }

    /// <summary>The same for the same number, so that a test knows it without asking.</summary>
    public static Guid ConsistencyGuid(int number) => new(number, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);

    public string UserPrincipalName(int number) => $"u{number:D5}@{Realm}";

    public static string NameOf(int number, string baseDn) => $"CN=User u{number:D5},OU=Bulk,{baseDn}";

    public string ToLdif(string baseDn)
    {
        var ldif = new StringBuilder($"dn: OU=Bulk,{baseDn}\nobjectClass: organizationalUnit\n\n");

        for (var i = 0; i < Users; i++)
        {
            var anchor = i == OddConsistencyGuid ? "AQID" : Convert.ToBase64String(ConsistencyGuid(i).ToByteArray());
            ldif.Append(
                $"""
                 dn: {NameOf(i, baseDn)}
                 objectClass: user
                 sAMAccountName: u{i:D5}
                 userPrincipalName: {UserPrincipalName(i)}
                 mail: {UserPrincipalName(i)}
                 proxyAddresses: SMTP:{UserPrincipalName(i)}
                 proxyAddresses: smtp:u{i:D5}.alias@{Realm}
                 userAccountControl: {(i % 10 == 0 ? 514 : 512)}
                 mS-DS-ConsistencyGuid:: {anchor}


                 """);
        }

        if (ChildDomain is { } child)
        {
            var context = string.Join(',', child.Split('.').Select(part => $"DC={part}"));
            ldif.Append(
                $"""
                 dn: CN=CHILD,CN=Partitions,CN=Configuration,{baseDn}
                 objectClass: crossRef
                 nCName: {context}
                 dnsRoot: {child}
                 nETBIOSName: CHILD
                 systemFlags: 3


                 """);
        }

        return ldif.ToString();
    }

    /// <summary>The last of the users.</summary>
    public IEnumerable<string> DeletedNames(string baseDn) => Enumerable.Range(Users - Deleted, Deleted).Select(i => NameOf(i, baseDn));
}
