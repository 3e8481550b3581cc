using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using Reanchor.Tenants;

namespace Reanchor.Access;

/// <summary>
/// The key of one collector, and the one before while the new one is on its way. A step returns the next state; it never edits this one.
/// </summary>
public sealed record CollectorKeys
{
    /// <summary>How long a replaced key goes on working while nobody uses the new one.</summary>
    public static readonly TimeSpan Overlap = TimeSpan.FromDays(7);

    /// <summary>A use is noted no more often than this.</summary>
    private static readonly TimeSpan UseInterval = TimeSpan.FromMinutes(5);

    public required TenantId Tenant { get; init; }

    public required CollectorId Collector { get; init; }

    /// <summary><see langword="null"/> when revoked.</summary>
    public IssuedKey? Current { get; init; }

    public IssuedKey? Previous { get; init; }

    /// <summary>Of any key of this collector's; to five minutes.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary><see langword="null"/> while a key works.</summary>
    public KeyRevocation? Revocation { get; init; }

    /// <summary>When anything but the last use changed.</summary>
    [JsonIgnore]
    public DateTimeOffset? ChangedAt => Revocation?.RevokedAt ?? Current?.FirstUsedAt ?? Current?.IssuedAt;

    /// <returns>The end of the key before; <see langword="null"/> when only the current one works.</returns>
    public DateTimeOffset? PreviousUntil(DateTimeOffset now) =>
        Previous is not null && Current is { FirstUsedAt: null, PreviousUntil: { } end } && now < end ? end : null;

    /// <summary>The key in use goes on working for a while; one that nobody has used yet is forgotten.</summary>
    public CollectorKeys Issue(CollectorKey key, Actor by, DateTimeOffset now)
    {
        var inUse = PreviousUntil(now) is not null ? Previous : Current;

        return this with
        {
            Current = new()
            {
                Hash = key.Hash,
                IssuedBy = by,
                IssuedAt = now,
                PreviousUntil = inUse is null ? null : now + Overlap,
            },
            Previous = inUse,
            Revocation = null,
        };
    }

    public CollectorKeys Revoke(KeyRevocation revocation) =>
        Current is null
            ? throw new InvalidOperationException($"Collector {Collector} has no key.")
            : this with { Current = null, Previous = null, Revocation = revocation };

    public bool Takes(CollectorKey key, DateTimeOffset now) =>
        IsCurrent(key) | (PreviousUntil(now) is not null && Previous is { } previous && Same(previous, key));

    /// <param name="key">One that <see cref="Takes"/>.</param>
    /// <returns>The same state when there is nothing new to keep.</returns>
    public CollectorKeys Use(CollectorKey key, DateTimeOffset now) =>
        IsCurrent(key) && Current!.FirstUsedAt is null
            ? this with { Current = Current with { FirstUsedAt = now }, Previous = null, LastUsedAt = now }
            : LastUsedAt is null || now - LastUsedAt >= UseInterval ? this with { LastUsedAt = now } : this;

    private bool IsCurrent(CollectorKey key) => Current is { } current && Same(current, key);

    private static bool Same(IssuedKey issued, CollectorKey key) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(issued.Hash), Encoding.ASCII.GetBytes(key.Hash));
}
