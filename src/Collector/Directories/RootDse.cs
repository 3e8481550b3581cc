using System.DirectoryServices.Protocols;
using System.Globalization;

namespace Reanchor.Collector.Directories;

/// <summary>What a domain controller says of itself.</summary>
/// <param name="Domain">The one domain that it holds whole. A global catalog also lists others, with attributes missing.</param>
/// <param name="RootDomain">The forest's first domain, which names the forest.</param>
/// <param name="HighestUsn">The server's last change.</param>
internal sealed record RootDse(string Domain, string RootDomain, string Configuration, string Schema, long HighestUsn)
{
    public static RootDse Unknown { get; } = new("", "", "", "", 0);

    public static async Task<RootDse> ReadAsync(DomainController controller, CancellationToken cancellationToken)
    {
        var response = await controller.SendAsync(
            new(
                null,
                "(objectClass=*)",
                SearchScope.Base,
                "defaultNamingContext",
                "rootDomainNamingContext",
                "configurationNamingContext",
                "schemaNamingContext",
                "highestCommittedUSN"),
            cancellationToken);
        var root = response.Entries.Count == 1 ? RawAttributes.Of(response.Entries[0]) : RawAttributes.None;

        return root.Text("defaultNamingContext") is { } domain
            && root.Text("rootDomainNamingContext") is { } rootDomain
            && root.Text("configurationNamingContext") is { } configuration
            && root.Text("schemaNamingContext") is { } schema
            && long.TryParse(root.Text("highestCommittedUSN"), NumberStyles.None, CultureInfo.InvariantCulture, out var usn)
            ? new(domain, rootDomain, configuration, schema, usn)
            : throw CollectorFailureException.Directory(
                $"{controller.Address} is not a domain controller of Active Directory: it does not name its domain. Give one that is.");
    }
}
