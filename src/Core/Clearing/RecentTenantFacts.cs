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

    private readonly ConcurrentDictionary<TenantId, Slot> _slots = new();

    public async Task<TenantFacts> ReadAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        var slot = _slots.GetOrAdd(tenant.Id, _ => new());
        var faults = slot.Faults;
        await slot.OneAtATime.WaitAsync(cancellationToken);

        try
        {
            if (slot.Faults != faults)
            {
                // It failed while this clear stood in line: to ask again, one after the other, would hold a worker each.
                throw new DirectoryUnavailableException(slot.LastFault!.Message, slot.LastFault)
                {
                    RetryAfter = slot.LastFault.RetryAfter,
                    NothingDone = true,
                    NeedsRepair = slot.LastFault.NeedsRepair,
                };
            }

            var now = clock.GetUtcNow();

            // What is read depends on the settings, so facts of other settings are none.
            if (slot.Facts is null || now - slot.ReadAt > MaxAge || slot.OfSettings != tenant.ChangedAt)
            {
                slot.Facts = await directory.ReadTenantFactsAsync(tenant, cancellationToken);
                (slot.ReadAt, slot.OfSettings) = (now, tenant.ChangedAt);
            }

            return slot.Facts;
        }
        catch (DirectoryUnavailableException ex) when (slot.Faults == faults)
        {
            (slot.Faults, slot.LastFault) = (faults + 1, ex);
            throw;
        }
        finally
        {
            slot.OneAtATime.Release();
        }
    }

    private sealed class Slot
    {
        public SemaphoreSlim OneAtATime { get; } = new(1);

        public TenantFacts? Facts { get; set; }

        public int Faults { get; set; }

        public DirectoryUnavailableException? LastFault { get; set; }

        public DateTimeOffset ReadAt { get; set; }

        public DateTimeOffset OfSettings { get; set; }
    }
}
