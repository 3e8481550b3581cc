using Reanchor.Access;
using Reanchor.Tenants;

namespace Reanchor.Functions.Access;

/// <summary>A collector and its key, without the key.</summary>
/// <param name="Expected">Whether the tenant lists it. Of one that it does not, nothing is taken, key or not.</param>
/// <param name="KeyIssuedAt"><see langword="null"/> without a key, or when it was revoked.</param>
/// <param name="KeyTakenUpAt">When the collector used this key first.</param>
/// <param name="PreviousKeyUntil">Until then the key before works as well; <see langword="null"/> when it does not.</param>
/// <param name="LastUsedAt">Of any of its keys; to five minutes.</param>
public sealed record CollectorView(
    CollectorId CollectorId,
    bool Expected,
    DateTimeOffset? KeyIssuedAt,
    Actor? KeyIssuedBy,
    DateTimeOffset? KeyTakenUpAt,
    DateTimeOffset? PreviousKeyUntil,
    DateTimeOffset? LastUsedAt,
    KeyRevocation? Revocation)
{
    public static CollectorView Of(CollectorId collector, bool expected, CollectorKeys? keys, DateTimeOffset now) => new(
        collector,
        expected,
        keys?.Current?.IssuedAt,
        keys?.Current?.IssuedBy,
        keys?.Current?.FirstUsedAt,
        keys?.PreviousUntil(now),
        keys?.LastUsedAt,
        keys?.Revocation);
}
