using Reanchor.Collector.Directories;
using Reanchor.Inventories;

namespace Reanchor.Collector.Exporting;

/// <summary>Writes every account of a forest once, though the forest goes on changing while it is read.</summary>
internal sealed class ForestAccounts(Forest forest, InventoryWriter writer, Progress progress)
{
    private readonly HashSet<Guid> _written = [];
    private readonly List<string> _deletedUnreadable = [];

    public int Count => _written.Count;

    public int Deleted { get; private set; }

    /// <summary>Domains whose deleted accounts the reading account may not see, or not all of them, or not all of one.</summary>
    public IReadOnlyList<string> DeletedUnreadable => _deletedUnreadable;

    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var domain in forest.Domains)
        {
            await WriteLiveAsync(domain, cancellationToken);
        }

        foreach (var domain in forest.Domains)
        {
            await WriteDeletedAsync(domain, cancellationToken);
        }

        // An account moved to a domain already read, or restored after its turn, has been seen nowhere so far.
        foreach (var domain in forest.Domains)
        {
            await WriteAsync(domain, domain.ReadChangedAsync(cancellationToken), cancellationToken);
        }
    }

    private async Task WriteLiveAsync(DomainReader domain, CancellationToken cancellationToken)
    {
        var before = Count;
        await WriteAsync(domain, domain.ReadAsync(cancellationToken), cancellationToken);

        if (Count == before)
        {
            // Every domain has an Administrator, so this is a matter of rights.
            throw CollectorFailureException.Directory(
                $"No account of {domain.Domain.DnsName} could be seen. Give the reading account the right Read all properties on user objects.");
        }
    }

    private async Task WriteDeletedAsync(DomainReader domain, CancellationToken cancellationToken)
    {
        await WriteAsync(domain, domain.ReadDeletedAsync(cancellationToken), cancellationToken);

        if (!await domain.HasReadDeletedAsync(cancellationToken))
        {
            _deletedUnreadable.Add(domain.Domain.DnsName);
        }
    }

    private async Task WriteAsync(
        DomainReader domain, IAsyncEnumerable<DirectoryAccount> accounts, CancellationToken cancellationToken)
    {
        await foreach (var account in accounts)
        {
            if (_written.Add(account.ObjectGuid))
            {
                await writer.AddAsync(account, cancellationToken);
                Deleted += account.Deleted ? 1 : 0;
                progress.Report(Count, domain.Domain.DnsName);
            }
        }
    }
}
