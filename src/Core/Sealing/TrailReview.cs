using System.Runtime.CompilerServices;
using Reanchor.Auditing;
using Reanchor.Tenants;

namespace Reanchor.Sealing;

/// <summary>
/// Holds a tenant's trail against its seals. Both are read side by side, newest first, so that only the events of the seals in reach of
/// the row at hand are in memory, whatever the length of the trail.
/// </summary>
public sealed class TrailReview(IAuditTrail trail, ISealArchive archive, ISealRegister register, AuditStamp stamp, TimeProvider clock)
{
    /// <param name="from">Inclusive; <see langword="null"/> for the whole trail and every seal.</param>
    /// <param name="summary">Filled while the items are read.</param>
    public async IAsyncEnumerable<ReviewedItem> ReadAsync(
        TenantId tenant, DateTimeOffset? from, ReviewSummary summary, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var chain = new SealChain(
            tenant,
            archive.ReadAsync(tenant, cancellationToken).GetAsyncEnumerator(cancellationToken),
            register.ListAsync(tenant, cancellationToken).GetAsyncEnumerator(cancellationToken),
            stamp,
            clock.GetUtcNow());
        var expected = new PriorityQueue<SealedEvent, EventKey>();
        await chain.MoveNextAsync();
        summary.SealedUntil = chain.Newest?.Until;

        await foreach (var row in trail.ReadAsync(tenant, from, cancellationToken))
        {
            if (row.Key is not { } key)
            {
                yield return new(ReviewKind.EventInserted, null, row.Name, "No event belongs in this row.");
                continue;
            }

            await OpenAsync(chain, expected, key.At);

            foreach (var item in chain.TakeFaults().Concat(Removed(expected, key)))
            {
                yield return item;
            }

            yield return Compare(row, key, expected);
        }

        await OpenAsync(chain, expected, from);

        foreach (var item in chain.TakeFaults().Concat(Removed(expected, null).Where(e => from is null || e.At >= from)))
        {
            yield return item;
        }

        summary.Seals = chain.Count;
    }

    /// <summary>Takes in every seal that may cover an event of this time or a later one.</summary>
    private static async Task OpenAsync(SealChain chain, PriorityQueue<SealedEvent, EventKey> expected, DateTimeOffset? at)
    {
        while (chain.Current is { } seal && (at is null || seal.Seal.Until > at))
        {
            expected.EnqueueRange(seal.Events.Select(e => (e, e.Key)));
            await chain.MoveNextAsync();
        }
    }

    private static IEnumerable<ReviewedItem> Removed(PriorityQueue<SealedEvent, EventKey> expected, EventKey? before)
    {
        while (expected.TryPeek(out var missing, out var key) && (before is null || key < before))
        {
            expected.Dequeue();
            yield return new(ReviewKind.EventRemoved, missing.At, missing.Id, "It was sealed, and is no longer there.");
        }
    }

    private ReviewedItem Compare(AuditRow row, EventKey key, PriorityQueue<SealedEvent, EventKey> expected)
    {
        var isSealed = false;
        var isAsSealed = true;

        // One event may be in two seals: one that was missing for a while, and the one that stood in for it.
        while (expected.TryPeek(out var leaf, out var at) && at == key)
        {
            expected.Dequeue();
            isSealed = true;
            isAsSealed &= row.Entry is not null && row.Entry.Hash == leaf.Hash && row.Entry.ComputeHash() == leaf.Hash;
        }

        // Its own stamp is not asked for again: only a holder of the key makes a seal, and only of stamped events. Under a key that is
        // gone, a false stamp could not be told from an old one anyway.
        if (isSealed)
        {
            return isAsSealed
                ? new(ReviewKind.Sealed, key.At, key.Id, "")
                : new(ReviewKind.EventChanged, key.At, key.Id, "It is not as it was sealed.");
        }

        return row.Entry is not null && stamp.Fits(row.Entry)
            ? new(ReviewKind.NotYetSealed, key.At, key.Id, "") { Unsealed = SealedEvent.Of(row.Entry) }
            : new(ReviewKind.EventInserted, key.At, key.Id, "No seal covers it, and Reanchor did not write it as it is.");
    }
}

/// <summary>What <see cref="TrailReview"/> knows at its end.</summary>
public sealed class ReviewSummary
{
    public int Seals { get; set; }

    /// <summary><see langword="null"/> without a seal.</summary>
    public DateTimeOffset? SealedUntil { get; set; }
}
