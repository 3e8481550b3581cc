using System.DirectoryServices.Protocols;
using System.Text.RegularExpressions;

namespace Reanchor.Collector.Directories;

/// <summary>What the forest's schema says of the attributes that not every forest has.</summary>
internal static partial class ForestSchema
{
    // attributeSyntax, [MS-ADTS] 3.1.1.2.2.2: octet string.
    private const string OctetString = "2.5.5.10";

    public static async Task<bool> HasMailboxGuidAsync(DomainController controller, CancellationToken cancellationToken) =>
        await FindAsync(controller, AccountAttributes.MailboxGuid, cancellationToken) is not null;

    /// <exception cref="CollectorFailureException">The forest has no such attribute, or it cannot be an anchor.</exception>
    public static async Task<AnchorChoice> ChooseAnchorAsync(
        DomainController controller, string attribute, CancellationToken cancellationToken)
    {
        if (AnchorChoice.IsBuiltIn(attribute))
        {
            var isObjectGuid = attribute.Equals(AnchorChoice.ObjectGuid, StringComparison.OrdinalIgnoreCase);
            return new(isObjectGuid ? AnchorChoice.ObjectGuid : AnchorChoice.ConsistencyGuid, IsBinary: true);
        }

        if (!Name().IsMatch(attribute))
        {
            throw CollectorFailureException.Input(
                $"'{attribute}' is not the name of an attribute. Give its LDAP name, such as employeeID.");
        }

        var found = await FindAsync(controller, attribute, cancellationToken)
            ?? throw CollectorFailureException.Input(
                $"The schema of this forest has no attribute {attribute}. Give the name that Entra Connect shows as source anchor.");

        return found.IsTrue("isSingleValued")
            ? new(found.Text("lDAPDisplayName") ?? attribute, found.Text("attributeSyntax") is OctetString)
            : throw CollectorFailureException.Input(
                $"{attribute} can hold several values, so it cannot be an anchor. Give the name that Entra Connect shows as source anchor.");
    }

    private static async Task<RawAttributes?> FindAsync(
        DomainController controller, string attribute, CancellationToken cancellationToken)
    {
        var response = await controller.SendAsync(
            new(
                controller.Root.Schema,
                $"(&(objectClass=attributeSchema)(lDAPDisplayName={attribute}))",
                SearchScope.OneLevel,
                "lDAPDisplayName",
                "attributeSyntax",
                "isSingleValued"),
            cancellationToken);

        return response.Entries.Count == 1 ? RawAttributes.Of(response.Entries[0]) : null;
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9-]{0,254}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
