namespace Reanchor.Access;

/// <summary>A collector's key as it is kept.</summary>
public sealed record IssuedKey
{
    /// <summary>See <see cref="CollectorKey.Hash"/>.</summary>
    public required string Hash { get; init; }

    public required Actor IssuedBy { get; init; }

    public required DateTimeOffset IssuedAt { get; init; }

    /// <summary>Until then the key before works as well, unless this one is used first; <see langword="null"/> when there was none.</summary>
    public DateTimeOffset? PreviousUntil { get; init; }

    public DateTimeOffset? FirstUsedAt { get; init; }
}
