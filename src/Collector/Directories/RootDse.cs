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

    /// <exception cref="ServerUnusableException">The server does not hold its domain whole yet.</exception>
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
                "highestCommittedUSN",
                "isSynchronized"),
            cancellationToken);
        var root = response.Entries.Count == 1 ? RawAttributes.Of(response.Entries[0]) : RawAttributes.None;

        RootDse answer = root.Text("defaultNamingContext") is { } domain
            && root.Text("rootDomainNamingContext") is { } rootDomain
            && root.Text("configurationNamingContext") is { } configuration
            && root.Text("schemaNamingContext") is { } schema
            && long.TryParse(root.Text("highestCommittedUSN"), NumberStyles.None, CultureInfo.InvariantCulture, out var usn)
            ? new(domain, rootDomain, configuration, schema, usn)
            : throw CollectorFailureException.Directory(
                $"{controller.Address} is not a domain controller of Active Directory: it does not name its domain. Give one that is.");

        // [MS-ADTS] 3.1.1.3.2: every version of Windows answers this, to everyone. So no answer is no TRUE, and what a server lacks
        // that has not replicated yet would look as if it did not exist.
        return root.IsTrue("isSynchronized")
            ? answer
            : throw new ServerUnusableException(
                $"{controller.Address} does not say that it is synchronised with the other domain controllers (isSynchronized), so it may lack "
                + "accounts. Wait until repadmin /showrepl shows no failure there, or give another domain controller.");
    }
}
