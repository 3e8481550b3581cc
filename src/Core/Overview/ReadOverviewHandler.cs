using Microsoft.Extensions.Logging;
using Reanchor.Access;
using Reanchor.Clearing;
using Reanchor.Inventories;
using Reanchor.Poison;
using Reanchor.Proposals;
using Reanchor.Scanning;
using Reanchor.Sealing;
using Reanchor.Tenants;

namespace Reanchor.Overview;

/// <summary>
/// Every tenant at a glance. Of each it reads a few rows, and lists only what waits: proposals, given-up messages. A part that is broken or
/// slow is left out and says so.
/// </summary>
public sealed class ReadOverviewHandler(
    ITenantStore tenants,
    IBreakerStore breakers,
    IInventoryStore inventories,
    IScanStore scans,
    IProposalStore proposals,
    IPoisonStore poison,
    ITrailCheckStore checks,
    TimeProvider clock,
    ILogger<ReadOverviewHandler> logger)
{
    /// <summary>How long one part of one tenant is waited for.</summary>
    public static readonly TimeSpan PartLimit = TimeSpan.FromSeconds(5);

    private const int TenantsAtOnce = 16;
    private const int PageSize = 1000;

    /// <returns>The tenants in scope, in the order of their names.</returns>
    public async Task<IReadOnlyList<TenantOverview>> HandleAsync(TenantScope scope, CancellationToken cancellationToken)
    {
        var inScope = await tenants.ListAsync(cancellationToken).Where(tenant => scope.Includes(tenant.Id)).ToListAsync(cancellationToken);
        var read = new TenantOverview[inScope.Count];

        await Parallel.ForEachAsync(
            Enumerable.Range(0, inScope.Count),
            new ParallelOptions { MaxDegreeOfParallelism = TenantsAtOnce, CancellationToken = cancellationToken },
            async (at, token) => read[at] = await ReadAsync(inScope[at], token));

        return [.. read.OrderBy(overview => overview.Tenant.DisplayName, StringComparer.OrdinalIgnoreCase)];
    }

    private async Task<TenantOverview> ReadAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        var id = tenant.Id;
        var ofBreakers = TryAsync(id, "brakes", async token => (await breakers.FindAsync(id, token)).Item, cancellationToken);
        var ofInventories = TryAsync(id, "inventories", token => InventoriesAsync(tenant, token), cancellationToken);
        var ofScan = TryAsync(id, "last scan", token => scans.FindLatestAsync(id, token), cancellationToken);
        var ofWaiting = TryAsync(id, "proposals", token => WaitingAsync(id, token), cancellationToken);
        var ofPoison = TryAsync(id, "given-up messages", token => PoisonAsync(id, token), cancellationToken);
        var ofCheck = TryAsync(id, "last verification", token => checks.FindAsync(id, token), cancellationToken);

        return new()
        {
            Tenant = tenant,
            Breakers = await ofBreakers,
            Inventories = await ofInventories,
            LastScan = await ofScan,
            Waiting = await ofWaiting,
            Poison = await ofPoison,
            TrailCheck = await ofCheck,
        };
    }

    private async Task<IReadOnlyList<CollectorInventory>> InventoriesAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        var inForce = (await inventories.ListAsync(tenant.Id, cancellationToken)).ToDictionary(found => found.Item.Collector, found => found.Item);
        var found = new List<CollectorInventory>();

        foreach (var collector in tenant.Collectors)
        {
            var record = inForce.GetValueOrDefault(collector);
            var refused = await inventories.ListRefusalsAsync(tenant.Id, collector, 1, cancellationToken) is [var latest, ..] ? latest : null;
            found.Add(new(collector, record, refused?.ReceivedAt < record?.ReceivedAt ? null : refused));
        }

        return found;
    }

    private async Task<WaitingProposals> WaitingAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var waiting = await AllAsync(next => proposals.ListAsync(tenant, ProposalStatus.Pending, PageSize, next, cancellationToken))
            .Where(proposal => !proposal.HasExpired(now))
            .Select(proposal => proposal.ProposedAt)
            .ToListAsync(cancellationToken);

        return new(waiting.Count, waiting.Count == 0 ? null : waiting.Min());
    }

    private async Task<int> PoisonAsync(TenantId tenant, CancellationToken cancellationToken) =>
        await AllAsync(next => poison.ListAsync(tenant, PoisonStatus.Waiting, PageSize, next, cancellationToken)).CountAsync(cancellationToken);

    private static async IAsyncEnumerable<T> AllAsync<T>(Func<string?, Task<Page<T>>> list)
    {
        string? next = null;

        do
        {
            var page = await list(next);

            foreach (var item in page.Items)
            {
                yield return item;
            }

            next = page.Next;
        }
        while (next is not null);
    }

    private async Task<Reading<T>> TryAsync<T>(
        TenantId tenant, string part, Func<CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(PartLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);

        try
        {
            return Reading.Known(await read(either.Token));
        }
        catch (Exception ex) when (!cancellationToken.IsCancellationRequested)
        {
            logger.PartNotRead(ex, tenant, part);
            return Reading.Unknown<T>($"Its {part} could not be read in time. Load the overview again; if this stays, the log says why.");
        }
    }
}
