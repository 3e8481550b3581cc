using System.Collections.Concurrent;
using Reanchor.Scanning;
using Reanchor.Tenants;

namespace Reanchor.Clearing;

/// <summary>
/// Tenant facts, read once for the clears of some seconds: they take more requests than everything else about a clear together.
/// The user is read anew for each.
/// </summary>
public sealed class RecentTenantFacts(IDirectoryReader directory, TimeProvider clock)
{
    /// <summary>A role given within this time before a write may go unseen; Graph then refuses the write itself.</summary>
    public static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(30);

    /// <summary>From this age on one clear reads them anew and the others go by the old ones meanwhile: a busy Graph may take its time.</summary>
    public static readonly TimeSpan RefreshAge = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<TenantId, Slot> _slots = new();

    public async Task<TenantFacts> ReadAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(tenant.Id, _ => new());
        var faults = slot.Faults;

        if (FactsOf(slot, tenant, RefreshAge) is { } recent)
        {
            return recent;
        }

        var usable = FactsOf(slot, tenant, MaxAge);

        if (usable is null)
        {
            await slot.OneAtATime.WaitAsync(cancellationToken);
        }
        else if (!await slot.OneAtATime.WaitAsync(TimeSpan.Zero, cancellationToken))
        {
            return usable;
        }

        try
        {
            if (FactsOf(slot, tenant, RefreshAge) is { } meanwhile)
            {
                return meanwhile;
            }

            if (slot.Faults != faults && usable is null)
            {
                // It failed while this clear stood in line: to ask again, one after the other, would hold a worker each.
                throw new DirectoryUnavailableException(slot.LastFault!.Message, slot.LastFault)
                {
                    RetryAfter = slot.LastFault.RetryAfter,
                    NothingDone = true,
                    NeedsRepair = slot.LastFault.NeedsRepair,
                };
            }

            return await RefreshAsync(slot, tenant, cancellationToken);
        }
        finally
        {
            slot.OneAtATime.Release();
        }
    }

    private async Task<TenantFacts> RefreshAsync(Slot slot, Tenant tenant, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();

        try
        {
            var facts = await directory.ReadTenantFactsAsync(tenant, cancellationToken);

            // Kept, it would speak for every approval of the next seconds.
            facts.ThrowIfFailed();
            slot.Latest = new(facts, now, tenant.ChangedAt);
            return facts;
        }
        catch (DirectoryUnavailableException ex)
        {
            (slot.LastFault, slot.Faults) = (ex, slot.Faults + 1);

            if (FactsOf(slot, tenant, MaxAge) is not { } usable)
            {
                throw;
            }

            return usable;
        }
    }

    /// <returns>What was read with these settings and is not older; <see langword="null"/> when there is no such thing.</returns>
    private TenantFacts? FactsOf(Slot slot, Tenant tenant, TimeSpan age) =>
        slot.Latest is { } latest && clock.GetUtcNow() - latest.ReadAt <= age && latest.OfSettings == tenant.ChangedAt ? latest.Facts : null;

    private sealed record Reading(TenantFacts Facts, DateTimeOffset ReadAt, DateTimeOffset OfSettings);

    private sealed class Slot
    {
        public SemaphoreSlim OneAtATime { get; } = new(1);

        public Reading? Latest { get; set; }

        public int Faults { get; set; }

        public DirectoryUnavailableException? LastFault { get; set; }
    }
}
