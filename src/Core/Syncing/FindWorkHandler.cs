using Reanchor.Proposals;
using Reanchor.Tenants;

namespace Reanchor.Syncing;

public sealed record FindWork(TenantId Tenant, CollectorId Collector);

/// <param name="Since">The earliest clear that waits for a sync; <see langword="null"/> when none does, or one failed lately.</param>
public sealed record CollectorWork(DateTimeOffset? Since);

/// <summary>Says whether a sync is wanted: some clear waits for its match, and no sync of this collector's has run since.</summary>
public sealed class FindWorkHandler(
    ITenantStore tenants, IProposalStore proposals, ICollectorSyncStore syncs, TimeProvider clock)
{
    private const int PageSize = 1000;

    /// <returns><see langword="null"/> when the tenant is not registered or does not expect the collector.</returns>
    public async Task<CollectorWork?> HandleAsync(FindWork command, CancellationToken cancellationToken)
    {
        if (!await tenants.ExpectsAsync(command.Tenant, command.Collector, cancellationToken))
        {
            return null;
        }

        // Before the proposals are read: a clear that comes in between is asked for once more rather than not at all.
        var now = clock.GetUtcNow();
        var sync = await syncs.FindAsync(command.Tenant, command.Collector, cancellationToken)
            ?? new() { Tenant = command.Tenant, Collector = command.Collector };

        if (sync.IsHeldBack(now))
        {
            return new(Since: null);
        }

        var since = await FirstUncoveredAsync(sync, cancellationToken);

        if (since is not null)
        {
            await syncs.SaveAsync(sync.Ask(now), cancellationToken);
        }

        return new(since);
    }

    private async Task<DateTimeOffset?> FirstUncoveredAsync(CollectorSync sync, CancellationToken cancellationToken)
    {
        DateTimeOffset? first = null;
        string? next = null;

        do
        {
            var page = await proposals.ListAsync(sync.Tenant, ProposalStatus.Cleared, PageSize, next, cancellationToken);
            var uncovered = page.Items.Select(p => p.ClearedAt!.Value).Where(at => !sync.Covers(at)).Order().ToList();
            first = uncovered is [var earliest, ..] && !(first < earliest) ? earliest : first;
            next = page.Next;
        }
        while (next is not null);

        return first;
    }
}
