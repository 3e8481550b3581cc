using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Reanchor.Sealing;

namespace Reanchor.Auditing;

/// <summary>
/// Marks an event as written by Reanchor until a seal vouches for it, and a seal until a later one does: an HMAC-SHA256 over its hash.
/// Whoever can write to the storage but does not hold the key cannot add an event or a seal that passes for a genuine one.
/// </summary>
public sealed class AuditStamp(IOptions<AuditOptions> options)
{
    // The stamp of an event must not pass for that of a seal.
    private const string OfEvent = "event";
    private const string OfSeal = "seal";

    public AuditEntry Put(AuditEntry entry) => entry with { Stamp = Of(options.Value.Key, OfEvent, entry.Hash) };

    public Seal Put(Seal seal) => seal with { Stamp = Of(options.Value.Key, OfSeal, seal.Hash) };

    /// <summary>Whether the event is one of Reanchor's, and unchanged.</summary>
    public bool Fits(AuditEntry entry) =>
        entry is { Stamp: not null, Hash: not null }
        && entry.Hash == entry.ComputeHash()
        && (Fits(options.Value.Key, OfEvent, entry.Hash, entry.Stamp) || FitsPrevious(OfEvent, entry.Hash, entry.Stamp));

    /// <summary>Whether a key that is still known stamped the seal's hash.</summary>
    public bool Fits(Seal seal) => FitsCurrent(seal) || FitsPrevious(OfSeal, seal.Hash, seal.Stamp);

    /// <summary>Whether it was the key of today, and not the one before.</summary>
    public bool FitsCurrent(Seal seal) => Fits(options.Value.Key, OfSeal, seal.Hash, seal.Stamp);

    private bool FitsPrevious(string kind, string hash, string? stamp) =>
        options.Value.PreviousKey.Length > 0 && Fits(options.Value.PreviousKey, kind, hash, stamp);

    private static bool Fits(string key, string kind, string hash, string? stamp) => stamp is not null
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Of(key, kind, hash)), Encoding.UTF8.GetBytes(stamp));

    private static string Of(string key, string kind, string hash) => Convert.ToHexStringLower(
        HMACSHA256.HashData(Convert.FromBase64String(key), Encoding.UTF8.GetBytes($"reanchor audit {kind}|{hash}")));
}
