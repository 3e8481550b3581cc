using Microsoft.Extensions.Logging;
using Reanchor.Tenants;

namespace Reanchor.Sealing;

/// <summary>What a verification of a whole trail found.</summary>
public sealed record TrailVerification
{
    public bool Intact => FaultCount == 0;

    /// <summary>Rows in the trail now.</summary>
    public required int Events { get; init; }

    public required int Seals { get; init; }

    public required DateTimeOffset? SealedUntil { get; init; }

    /// <summary>Genuine events that the next seal will cover; until then nobody would miss one that is removed.</summary>
    public required int NotYetSealed { get; init; }

    public required int FaultCount { get; init; }

    /// <summary>The first <see cref="VerifyTrailHandler.MaxFaults"/>, those of seals before those of events, oldest event first.</summary>
    public required IReadOnlyList<ReviewedItem> Faults { get; init; }
}

/// <summary>Recomputes everything: every event's hash, every seal's root and stamp, the chain, and the register. When and how it came out is kept.</summary>
public sealed class VerifyTrailHandler(
    TrailReview review, ITrailCheckStore checks, TimeProvider clock, ILogger<VerifyTrailHandler> logger)
{
    public const int MaxFaults = 100;

    public async Task<TrailVerification> HandleAsync(TenantId tenant, CancellationToken cancellationToken)
    {
        var summary = new ReviewSummary();
        var ofSeals = new Queue<ReviewedItem>();
        var ofEvents = new Queue<ReviewedItem>();
        var (events, notYetSealed, faults) = (0, 0, 0);

        await foreach (var item in review.ReadAsync(tenant, from: null, summary, cancellationToken))
        {
            events += item.IsOfSeal || item.Kind is ReviewKind.EventRemoved ? 0 : 1;
            notYetSealed += item.Kind is ReviewKind.NotYetSealed ? 1 : 0;

            if (item.IsFault)
            {
                faults++;
                Keep(item.IsOfSeal ? ofSeals : ofEvents, item);
            }
        }

        if (faults > 0)
        {
            logger.TrailDamaged(tenant, faults);
        }

        await checks.SaveAsync(
            new() { Tenant = tenant, At = clock.GetUtcNow(), Events = events, FaultCount = faults }, cancellationToken);

        return new()
        {
            Events = events,
            Seals = summary.Seals,
            SealedUntil = summary.SealedUntil,
            NotYetSealed = notYetSealed,
            FaultCount = faults,
            Faults = [.. ofSeals.Reverse().Concat(ofEvents.Reverse()).Take(MaxFaults)],
        };
    }

    // They come newest first; the oldest are the ones to keep.
    private static void Keep(Queue<ReviewedItem> faults, ReviewedItem item)
    {
        faults.Enqueue(item);

        if (faults.Count > MaxFaults)
        {
            faults.Dequeue();
        }
    }
}
