using System.DirectoryServices.Protocols;

namespace Reanchor.Collector.Directories;

/// <summary>A forest with a connection for each of its domains: all of them, or it does not open.</summary>
internal sealed class Forest : IDisposable
{
    private readonly List<DomainController> _controllers;

    private Forest(string name, List<DomainController> controllers, IReadOnlyList<DomainReader> domains) =>
        (Name, _controllers, Domains) = (name, controllers, domains);

    /// <summary>The DNS name of its root domain.</summary>
    public string Name { get; }

    public IReadOnlyList<DomainReader> Domains { get; }

    /// <param name="note">Told of what is no failure yet.</param>
    public static async Task<Forest> OpenAsync(
        DirectorySettings settings, string anchorAttribute, Action<string> note, CancellationToken cancellationToken)
    {
        var controllers = new List<DomainController>();

        try
        {
            var unusable = await ConnectAsync(settings, controllers, cancellationToken);
            var first = controllers.Count > 0
                ? controllers[0]
                : throw CollectorFailureException.Directory(string.Join(" ", unusable));
            var domains = await ListDomainsAsync(first, cancellationToken);
            var name = domains.FirstOrDefault(d => IsSame(d.NamingContext, first.Root.RootDomain))?.DnsName
                ?? throw CollectorFailureException.Directory(
                    $"{first.Address} does not list the forest's domains. Give the reading account the right to read the configuration partition.");

            RefuseOtherForests(controllers, name);
            RefuseMissingDomains(domains, controllers, unusable);
            unusable.ForEach(note);
            var anchor = await ForestSchema.ChooseAnchorAsync(first, anchorAttribute, cancellationToken);
            var hasMailboxGuid = await ForestSchema.HasMailboxGuidAsync(first, cancellationToken);

            return new(
                name,
                controllers,
                [.. domains.Select(d => new DomainReader(d, controllers.First(c => IsSame(c.Root.Domain, d.NamingContext)), anchor, hasMailboxGuid))]);
        }
        catch
        {
            controllers.ForEach(c => c.Dispose());
            throw;
        }
    }

    public void Dispose() => _controllers.ForEach(c => c.Dispose());

    /// <returns>Why servers could not be used. Any other failure ends it: a wrong password is not tried on every server.</returns>
    private static async Task<List<string>> ConnectAsync(
        DirectorySettings settings, List<DomainController> controllers, CancellationToken cancellationToken)
    {
        var unusable = new List<string>();

        foreach (var address in settings.Servers)
        {
            try
            {
                controllers.Add(await DomainController.ConnectAsync(address, settings, cancellationToken));
            }
            catch (ServerUnusableException ex)
            {
                unusable.Add(ex.Message);
            }
        }

        return unusable;
    }

    private static async Task<List<ForestDomain>> ListDomainsAsync(DomainController controller, CancellationToken cancellationToken)
    {
        // systemFlags 2 (FLAG_CR_NTDS_DOMAIN, [MS-ADTS] 2.2.10): a domain, not an application partition.
        var response = await controller.SendAsync(
            new(
                $"CN=Partitions,{controller.Root.Configuration}",
                "(&(objectClass=crossRef)(systemFlags:1.2.840.113556.1.4.803:=2))",
                SearchScope.OneLevel,
                "nCName",
                "dnsRoot"),
            cancellationToken);

        return
        [
            .. response.Entries.Cast<SearchResultEntry>().Select(RawAttributes.Of).Select(
                a => a.Text("nCName") is { } context && a.Text("dnsRoot") is { } dns
                    ? new ForestDomain(context, dns)
                    : throw CollectorFailureException.Directory(
                        "A domain of the forest is listed without its name. Give the reading account the right to read the configuration partition.")),
        ];
    }

    private static void RefuseOtherForests(List<DomainController> controllers, string name)
    {
        if (controllers.Find(c => !IsSame(c.Root.RootDomain, controllers[0].Root.RootDomain)) is { } other)
        {
            throw CollectorFailureException.Input(
                $"{other.Address} belongs to another forest than {name}. An inventory is of one forest: use a collector for each.");
        }
    }

    private static void RefuseMissingDomains(
        List<ForestDomain> domains, List<DomainController> controllers, List<string> unusable)
    {
        var missing = domains.Where(d => !controllers.Exists(c => IsSame(c.Root.Domain, d.NamingContext))).Select(d => d.DnsName).ToList();

        if (missing.Count > 0)
        {
            // Every account of a missing domain would look as if it did not exist.
            throw CollectorFailureException.Directory(
                $"No server given holds the domain {string.Join(", ", missing)}. Nothing was written: a part of a forest must not look like all of it. "
                + $"Add --server with a domain controller of {(missing.Count == 1 ? "it" : "each")}. {string.Join(" ", unusable)}".TrimEnd());
        }
    }

    private static bool IsSame(string first, string second) => first.Equals(second, StringComparison.OrdinalIgnoreCase);
}
