using Microsoft.Extensions.Logging;
using Reanchor.Auditing;
using Reanchor.Tenants;

namespace Reanchor.Sealing;

/// <summary>
/// Seals what one tenant's trail has gained, late events too: an event bears the time of what it tells of and may be written hours
/// after it. Looks through the last day each time and through the whole trail once a week, and says what is wrong with it.
/// </summary>
public sealed class SealTrailHandler(
    TrailReview review, ISealArchive archive, ISealRegister register, AuditStamp stamp, TimeProvider clock, ILogger<SealTrailHandler> logger)
{
    /// <summary>How late an event may be and still get into the next seal; a later one waits for the weekly sweep.</summary>
    private static readonly TimeSpan Overlap = TimeSpan.FromDays(1);

    private static readonly TimeSpan SweepEvery = TimeSpan.FromDays(7);

    /// <summary>Events in memory at a time. A longer backlog takes several passes.</summary>
    private const int MaxEvents = 5 * SealDocument.MaxEvents;

    /// <returns>How many events were sealed.</returns>
    public async Task<int> HandleAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var total = 0;

        while (true)
        {
            var (count, more) = await SealOnceAsync(tenant, cancellationToken);
            total += count;

            if (!more)
            {
                return total;
            }
        }
    }

    private async Task<(int Count, bool More)> SealOnceAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var last = await FindLastAsync(tenant, cancellationToken);
        var now = clock.GetUtcNow();

        // After a change of keys too: whatever the old key stamped has to be vouched for while that is still known.
        var sweeps = last.Seal is null || now - last.Seal.SweptAt >= SweepEvery || !stamp.FitsCurrent(last.Seal);
        var until = last.Seal is { } seal && seal.Until > now ? seal.Until : now;
        var (events, more) = await FindUnsealedAsync(tenant, sweeps ? null : last.Seal!.Until - Overlap, until, cancellationToken);

        // A sweep leaves a seal even when it finds nothing new: that is where its date is kept.
        if (events.Count == 0 && (!sweeps || last.Sequence == 0))
        {
            return (0, false);
        }

        // Oldest first, so that each seal's Until is known and none goes back.
        List<SealedEvent[]> parts = events.Count == 0 ? [[]] : [.. events.Reverse().Chunk(SealDocument.MaxEvents)];

        foreach (var (n, part) in parts.Index())
        {
            var isLast = n == parts.Count - 1 && !more;
            var newest = part.Length == 0 ? until : part[^1].At.AddTicks(1);
            var document = SealDocument.Over([.. Enumerable.Reverse(part)], new()
            {
                Tenant = tenant,
                Sequence = last.Sequence + 1,
                Previous = last.Seal?.Hash ?? "",
                SealedAt = now,
                Until = isLast ? until : last.Seal is not null && last.Seal.Until > newest ? last.Seal.Until : newest,
                SweptAt = isLast && sweeps ? now : last.Seal?.SweptAt ?? DateTimeOffset.MinValue,
                Count = 0,
                Root = "",
            });
            document = document with { Seal = stamp.Put(document.Seal) };

            if (!await archive.TryAddAsync(document, cancellationToken))
            {
                // Another host is at it; what it leaves is for the next run.
                return (0, false);
            }

            await register.AddAsync(document.Seal, cancellationToken);
            logger.TrailSealed(tenant, document.Seal.Sequence, part.Length);
            last = new(document.Seal, document.Seal.Sequence);
        }

        return (events.Count, more);
    }

    /// <summary>The oldest events that no seal covers, newest first.</summary>
    private async Task<(IReadOnlyCollection<SealedEvent> Events, bool More)> FindUnsealedAsync(
        TenantId tenant, DateTimeOffset? from, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var events = new Queue<SealedEvent>();
        var more = false;
        var faults = 0;

        await foreach (var item in review.ReadAsync(tenant, from, new(), cancellationToken))
        {
            faults += item.IsFault ? 1 : 0;

            if (item.Unsealed is { } unsealed && unsealed.At < until)
            {
                events.Enqueue(unsealed);

                if (events.Count > MaxEvents)
                {
                    events.Dequeue();
                    more = true;
                }
            }
        }

        if (faults > 0)
        {
            logger.TrailDamaged(tenant, faults);
        }

        return (events, more);
    }

    /// <summary>
    /// The seal to follow on. After a crash between the two stores the register is brought up to date; a number that the register
    /// knows is never used again, even if its seal is gone from the archive. Its hash there is not followed on: a seal that fits it
    /// could be added later by whoever wrote it.
    /// </summary>
    /// <exception cref="InvalidDataException">There is a seal that nothing may be built on.</exception>
    private async Task<LastSeal> FindLastAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var registered = await register.ListAsync(tenant, cancellationToken).FirstOrDefaultAsync(cancellationToken);
        Seal? newest = null;
        Seal? newer = null;
        var missing = new Stack<Seal>();

        await foreach (var (sequence, document) in archive.ReadAsync(tenant, cancellationToken))
        {
            var seal = document?.IsWholeAs(tenant, sequence) is true ? document.Seal : null;
            Check(tenant, seal, newer);
            newest ??= seal;
            newer = seal ?? newer;

            if (sequence > (registered?.Sequence ?? 0))
            {
                missing.Push(seal
                    ?? throw new InvalidDataException($"Seal {sequence} of tenant {tenant} cannot be read, so none can follow on it."));
            }
            else if (newest is not null)
            {
                break;
            }
        }

        while (missing.TryPop(out var unregistered))
        {
            await register.AddAsync(unregistered, cancellationToken);
        }

        return new(newest, Math.Max(registered?.Sequence ?? 0, newest?.Sequence ?? 0));
    }

    private void Check(TenantId tenant, Seal? seal, Seal? newer)
    {
        if (seal is not null && !seal.IsGenuine(stamp, newer?.Previous))
        {
            logger.SealNotGenuine(tenant, seal.Sequence);
            throw new InvalidDataException(
                $"No key that is known stamped seal {seal.Sequence} of tenant {tenant}, so none can follow on it. If Audit__Key was replaced, "
                + "set the one before as Audit__PreviousKey; if not, somebody else wrote the seal: remove its blob.");
        }

        if (seal?.IsAhead(clock.GetUtcNow()) is true)
        {
            logger.SealIsAhead(tenant, seal.Sequence, seal.Until, seal.SweptAt);
            throw new InvalidDataException(
                $"Seal {seal.Sequence} of tenant {tenant} bears a date that is still to come, so none can follow on it. Set the clock of this "
                + "machine; if it is right, remove the seal's blob.");
        }
    }

    /// <param name="Seal">The newest one that can be read.</param>
    /// <param name="Sequence">The highest number that is taken.</param>
    private sealed record LastSeal(Seal? Seal, long Sequence);
}
