using Reanchor.Auditing;

namespace Reanchor.Sealing;

/// <summary>One thing that <see cref="TrailReview"/> came across.</summary>
/// <param name="At">The event's time; <see langword="null"/> for a seal, or a row where no event belongs.</param>
/// <param name="Subject">The event's id, the seal's number, or the place of a row where no event belongs.</param>
/// <param name="Detail">For a person; empty when all is well.</param>
public sealed record ReviewedItem(ReviewKind Kind, DateTimeOffset? At, string Subject, string Detail)
{
    /// <summary>What a seal would have to cover, when <see cref="Kind"/> is <see cref="ReviewKind.NotYetSealed"/>.</summary>
    public SealedEvent? Unsealed { get; init; }

    public bool IsOfSeal => Kind is ReviewKind.SealChanged or ReviewKind.SealRemoved or ReviewKind.SealInserted;

    public bool IsFault => Kind is not (ReviewKind.Sealed or ReviewKind.NotYetSealed);
}

public enum ReviewKind
{
    /// <summary>The event is as its seal says.</summary>
    Sealed,

    /// <summary>Reanchor wrote the event, and it is unchanged; the next seal covers it.</summary>
    NotYetSealed,

    EventChanged,

    EventRemoved,

    /// <summary>No seal knows the event, and Reanchor did not write it as it is.</summary>
    EventInserted,

    SealChanged,

    SealRemoved,

    /// <summary>Neither a key that is known stamped the seal, nor does a genuine one follow on it.</summary>
    SealInserted,
}
